package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import explr.engine.TorchSwitches.Positions;
import explr.machine.Symbols;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the libtorch of a CPU, which has the same switches. */
class TorchSwitchesTest {

  private Symbols libtorch;
  private Positions before;

  @BeforeEach
  void load() {
    assumeThat(System.getProperty("os.name")).as("the library's names").isEqualTo("Linux");
    assumeThat(System.getProperty("os.arch")).as("C++ names").isEqualTo("amd64");
    NetworkTest.backend(EngineName.PYTORCH, Precision.FLOAT32).engineVersion();
    libtorch = TorchSwitches.libtorch();
    before = TorchSwitches.read(libtorch);
  }

  @AfterEach
  void restore() {
    if (before != null) {
      TorchSwitches.set(libtorch, before);
      assertThat(TorchSwitches.read(libtorch)).isEqualTo(before);
    }
  }

  /** What this class exists to prevent: float32 that means TF32, and bits that change. */
  @Test
  void pyTorchItselfAllowsTf32AndChangingBits() {
    assertThat(before).isEqualTo(new Positions(false, false, true, false));
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, DETERMINISTIC, true, false, false",
    "FLOAT32, FAST, false, true, false",
    "FLOAT64, DETERMINISTIC, true, false, false",
    "FLOAT64, FAST, false, true, false",
    "TF32, DETERMINISTIC, true, false, true",
    "TF32, FAST, false, true, true",
  })
  void areSetByNumberTypeAndAlgorithms(
      Precision precision,
      Algorithms algorithms,
      boolean deterministic,
      boolean benchmark,
      boolean tf32) {
    TorchSwitches.apply(precision, algorithms);
    assertThat(TorchSwitches.read(libtorch))
        .isEqualTo(new Positions(deterministic, benchmark, tf32, tf32));
  }

  @Test
  void areSetAgainWhereSomethingElseChangedThem() {
    TorchSwitches.apply(Precision.TF32, Algorithms.DETERMINISTIC);
    TorchSwitches.set(libtorch, new Positions(false, true, false, true));
    assertThat(TorchSwitches.read(libtorch)).isEqualTo(new Positions(false, true, false, true));
    TorchSwitches.apply(Precision.TF32, Algorithms.DETERMINISTIC);
    assertThat(TorchSwitches.read(libtorch)).isEqualTo(new Positions(true, false, true, true));
  }

  @Test
  void aLibraryWithoutThemIsNamedWithTheMissingFunction() {
    Path folder = Path.of(ai.djl.pytorch.jni.LibUtils.getLibtorchPath());
    Symbols other = Symbols.of(folder.resolve("libc10.so").toString());
    assertThatThrownBy(() -> TorchSwitches.read(other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("libc10.so")
        .hasMessageContaining("_ZN2at13globalContextEv");
    assertThatThrownBy(() -> Symbols.of("libnowhere.so.1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("libnowhere.so.1");
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, , true",
    "TF32, , true",
    "FLOAT32, 0, true",
    "FLOAT64, 0, true",
    "TF32, 0, false",
    "FLOAT32, 1, false",
    "TF32, 1, true",
  })
  void aVariableThatTurnsThemRoundIsRefused(Precision precision, String value, boolean harmless) {
    if (harmless) {
      assertThatCode(() -> TorchSwitches.requireNoOverride(precision, value))
          .doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> TorchSwitches.requireNoOverride(precision, value))
          .hasMessageContaining("NVIDIA_TF32_OVERRIDE is " + value)
          .hasMessageContaining("unset it");
    }
  }

  @Test
  void theProcessesOwnVariablesAreSeenAsTheyAreNow() {
    assertThat(NativeSettings.environment("PATH")).isEqualTo(System.getenv("PATH"));
    assertThat(NativeSettings.environment("EXPLR_NO_SUCH_VARIABLE")).isNull();
  }
}
