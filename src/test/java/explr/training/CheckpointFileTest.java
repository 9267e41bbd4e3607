package explr.training;

import static org.assertj.core.api.Assertions.assertThat;

import explr.engine.Precision;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointFileTest {

  private static final State STATE =
      new State(
          7,
          Precision.FLOAT32,
          3,
          new double[] {0.5, -1, 0.1f},
          new double[] {0, 0.25f, 2},
          new double[] {1},
          new double[] {4});

  /** The same numbers under another number type. */
  static State in(Precision precision, State state) {
    return new State(
        state.iteration(),
        precision,
        state.scaleExponent(),
        state.weights(),
        state.buffer(),
        state.means(),
        state.variances());
  }

  private static byte[] bytes(Precision precision) {
    Checkpoint checkpoint =
        new Checkpoint(in(precision, STATE), Scores.NONE, Map.of("conv", new double[] {0.5, -1}));
    return new CheckpointFile("id", Map.of(), checkpoint).toBytes();
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void keepsNumbersAndTheirType(Precision precision) throws IOException {
    State read = CheckpointFile.read(bytes(precision)).checkpoint().state();
    assertThat(read.precision()).isEqualTo(precision);
    assertThat(read.weights()).isEqualTo(STATE.weights());
    assertThat(read.buffer()).isEqualTo(STATE.buffer());
    assertThat(read.variances()).isEqualTo(STATE.variances());
  }

  @Test
  void tf32IsWrittenAsFloat32ButForItsName() {
    int names = "FLOAT32".length() - "TF32".length();
    assertThat(bytes(Precision.TF32)).hasSize(bytes(Precision.FLOAT32).length - names);
    assertThat(bytes(Precision.FLOAT64)).hasSizeGreaterThan(bytes(Precision.FLOAT32).length);
  }
}
