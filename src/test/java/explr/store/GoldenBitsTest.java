package explr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import explr.conversion.TexpPlusPlus;
import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.NetworkTest;
import explr.engine.Precision;
import explr.file.Resource;
import explr.machine.Machine;
import explr.network.PreResNet;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import explr.training.Checkpoint;
import explr.training.Listener;
import explr.training.Period;
import explr.training.Run;
import explr.training.Task;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/**
 * A change of the bits of training without a new {@link Numerics#VERSION} fails, on every machine
 * whose instruction set {@code golden-bits.json} lists.
 */
class GoldenBitsTest {

  private static final String FILE = "src/test/resources/explr/training/golden-bits.json";

  /** Five iterations, three an epoch; the rate falls in the first epoch. */
  private static final Rates STEP_DECAY =
      Recipe.of(StepDecay.from(0.1).dividedBy(10).after(2), 5e-3, 0.9, 5);

  /** The rate grows by a factor of 6 a step, past 2^40, where the range guard acts. */
  private static final Rates EXPONENTIAL = TexpPlusPlus.of(Recipe.of(0.1, 4.5, 0.1, 17));

  private static Task task(EngineName engine, Precision precision) {
    return Task.of(PreResNet.depth(8), EmbeddedSample.load().first(48, 16))
        .withBatchSize(16)
        .on(new Backend(engine, "cpu", precision, NetworkTest.THREADS));
  }

  static Stream<Arguments> enginesAndNumberTypes() {
    return Stream.of(EngineName.values())
        .flatMap(engine -> ofACpu().stream().map(type -> Arguments.of(engine, type)));
  }

  private static Set<Precision> ofACpu() {
    return EnumSet.complementOf(EnumSet.of(Precision.TF32));
  }

  /** OpenBLAS chooses other kernels, with other bits, where its own variable is set. */
  @BeforeEach
  void openBlasChoosesByTheProcessor() {
    assumeTrue(System.getenv("OPENBLAS_CORETYPE") == null, "OPENBLAS_CORETYPE is set");
  }

  @ParameterizedTest
  @MethodSource("enginesAndNumberTypes")
  void theBitsAreThoseOfThisVersion(EngineName engine, Precision type) throws Exception {
    assumeTrue(engine.available(), () -> engine.displayName() + " has no library here");
    Task task = task(engine, type);
    GoldenBits computed = bits(task, trained(task, STEP_DECAY), trained(task, EXPONENTIAL));
    try {
      check(computed, recorded());
    } catch (TestAbortedException skipped) {
      System.out.println(skipped.getMessage()); // Maven prints no reasons
      throw skipped;
    }
  }

  /** Checksums computed here, by this version. */
  private static GoldenBits bits(Task task, String stepDecay, String exponential) {
    Backend backend = task.backend();
    return new GoldenBits(
        Numerics.VERSION,
        backend.engine().displayName(),
        backend.engineVersion(),
        backend.precision().name(),
        backend.threads(),
        Machine.instructionSet(),
        stepDecay,
        exponential);
  }

  private static List<GoldenBits> recorded() {
    return List.of(
        new Gson().fromJson(Resource.text(Task.class, "golden-bits.json"), GoldenBits[].class));
  }

  /** Fails where the recorded bits are others; is skipped where none are recorded. */
  private static void check(GoldenBits computed, List<GoldenBits> recorded) {
    List<GoldenBits> same =
        recorded.stream().filter(bits -> bits.place().equals(computed.place())).toList();
    if (same.isEmpty()) {
      abort(
          "%s lists no bits of %s; to record those of this machine, add the line%n%s"
              .formatted(FILE, computed.place(), computed.line()));
    }
    for (GoldenBits bits : same) {
      if (bits.numerics() != computed.numerics()) {
        fail(
            "%s lists bits of numerics version %d, and this is version %d; replace the line by%n%s",
            FILE, bits.numerics(), computed.numerics(), computed.line());
      } else if (!bits.equals(computed)) {
        fail(
            "the bits of training changed: undo what changed them, or raise Numerics.VERSION and"
                + " replace the line in %s by one with the new version. Recorded:%n%s%nComputed:%n%s",
            FILE, bits.line(), computed.line());
      }
    }
  }

  private static String trained(Task task, Rates rates) throws InterruptedException {
    try (Run run = Run.start(task, rates)) {
      String checksum = finished(run);
      boolean scaled = run.checkpoint().state().scaleExponent() < 0;
      assertThat(scaled).as("the range guard acted").isEqualTo(rates == EXPONENTIAL);
      return checksum;
    }
  }

  private static String finished(Run run) throws InterruptedException {
    List<Period> periods = new ArrayList<>();
    run.train(
        new Listener() {
          @Override
          public void period(Period period) {
            periods.add(period);
          }
        });
    return GoldenBits.checksum(run.checkpoint(), periods);
  }

  /**
   * The last bit of one weight, and an ε that differs by a ten-thousandth: less is rounded away in
   * 32 bits, where it is added to variances near 1.
   */
  @ParameterizedTest
  @EnumSource(EngineName.class)
  void aSlightlyDifferentStartOrEpsilonFails(EngineName engine) throws Exception {
    assumeTrue(engine.available(), () -> engine.displayName() + " has no library here");
    Task task = task(engine, Precision.FLOAT32);
    GoldenBits recorded = bits(task, trained(task, STEP_DECAY), "");
    check(recorded, List.of(recorded));

    String otherStart = trainedWithAFlippedBit(task, STEP_DECAY);
    String otherEpsilon = trained(task.withEpsilon(Task.EPSILON * 1.0001), STEP_DECAY);
    for (String other : List.of(otherStart, otherEpsilon)) {
      assertThatThrownBy(() -> check(bits(task, other, ""), List.of(recorded)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("the bits of training changed")
          .hasMessageContaining("raise Numerics.VERSION");
    }
  }

  private static String trainedWithAFlippedBit(Task task, Rates rates) throws Exception {
    Checkpoint start;
    try (Run run = Run.start(task, rates)) {
      start = run.checkpoint();
    }
    try (Run run = Run.resume(task, rates, GoldenBits.withFlippedBit(start, 7))) {
      return finished(run);
    }
  }

  private static final GoldenBits BITS =
      new GoldenBits(1, "MXNet", "1.9.0", "FLOAT32", 1, "amd64 avx", "a1", "b2");

  @Test
  void bitsOfAnotherVersionMustBeRecordedAgain() {
    GoldenBits next = new GoldenBits(2, "MXNet", "1.9.0", "FLOAT32", 1, "amd64 avx", "a1", "b2");
    assertThatThrownBy(() -> check(next, List.of(BITS)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("version 1")
        .hasMessageContaining(next.line());
  }

  @Test
  void anInstructionSetThatIsNotListedIsSkippedWithTheLineToAdd() {
    GoldenBits other = new GoldenBits(1, "MXNet", "1.9.0", "FLOAT32", 1, "arm64", "a1", "b2");
    assertThatThrownBy(() -> check(other, List.of(BITS)))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining(FILE)
        .hasMessageContaining(other.line());
  }

  @Test
  void everyListedLineHasBothChecksumsAndNoPlaceIsListedTwice() {
    assertThat(recorded())
        .isNotEmpty()
        .allSatisfy(
            bits -> {
              assertThat(bits.stepDecay()).matches("[0-9a-f]{64}");
              assertThat(bits.exponential()).matches("[0-9a-f]{64}");
            });
    assertThat(recorded().stream().map(GoldenBits::place)).doesNotHaveDuplicates();
  }
}
