package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import explr.engine.Precision;
import explr.file.Digests;
import explr.training.Checkpoint;
import explr.training.Period;
import explr.training.Scores;
import explr.training.State;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * The checksums of two short trainings, and where they were computed. One line of {@code
 * golden-bits.json}.
 *
 * @param numerics the version of the computation
 * @param engine its name
 * @param version of the engine
 * @param numbers the number type
 * @param threads of one operation
 * @param instructionSet of the processor
 * @param stepDecay the checksum of the training with weight decay
 * @param exponential the checksum of the training without it, at a rate that grows
 */
record GoldenBits(
    int numerics,
    String engine,
    String version,
    String numbers,
    int threads,
    String instructionSet,
    String stepDecay,
    String exponential) {

  /** Where it was computed. */
  List<Object> place() {
    return List.of(engine, version, numbers, threads, instructionSet);
  }

  /** A line of the file. */
  String line() {
    return new Gson().toJson(this);
  }

  /** SHA-256 of a state of training, bit by bit, and of what was measured on the way to it. */
  static String checksum(Checkpoint checkpoint, List<Period> periods) {
    MessageDigest digest = Digests.of("SHA-256");
    State state = checkpoint.state();
    add(digest, state.iteration(), state.scaleExponent());
    add(digest, state.weights());
    add(digest, state.buffer());
    add(digest, state.means());
    add(digest, state.variances());
    add(digest, checkpoint.periodSoFar());
    checkpoint.periodStart().values().forEach(weights -> add(digest, weights));
    for (Period period : periods) {
      add(digest, period.number(), period.iteration());
      add(digest, period.train());
      add(digest, period.test());
      add(digest, period.epoch(), period.logLearningRate(), period.growth());
      for (Period.Watched watched : period.watched()) {
        digest.update(watched.name().getBytes(UTF_8));
        add(digest, watched.log10Norm(), watched.angle(), watched.log10EffectiveRate());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Scores scores) {
    add(digest, scores.loss());
    add(digest, scores.correct(), scores.count());
  }

  private static void add(MessageDigest digest, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (values.length + 1));
    bytes.putLong(values.length);
    bytes.asLongBuffer().put(values);
    digest.update(bytes.array());
  }

  private static void add(MessageDigest digest, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * (values.length + 1));
    bytes.putLong(values.length);
    bytes.asDoubleBuffer().put(values);
    digest.update(bytes.array());
  }

  /** The same state with the last bit of one weight flipped. */
  static Checkpoint withFlippedBit(Checkpoint checkpoint, int weight) {
    State state = checkpoint.state();
    double[] weights = state.weights().clone();
    weights[weight] =
        state.precision() == Precision.FLOAT32
            ? Float.intBitsToFloat(Float.floatToRawIntBits((float) weights[weight]) ^ 1)
            : Double.longBitsToDouble(Double.doubleToRawLongBits(weights[weight]) ^ 1);
    State flipped =
        new State(
            state.iteration(),
            state.precision(),
            state.scaleExponent(),
            weights,
            state.buffer(),
            state.means(),
            state.variances());
    return new Checkpoint(flipped, checkpoint.periodSoFar(), checkpoint.periodStart());
  }
}
