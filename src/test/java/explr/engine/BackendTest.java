package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.machine.GpuFacts;
import explr.machine.Gpus;
import explr.machine.NvidiaDriver;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendTest {

  private static final Backend CPU = new Backend(EngineName.PYTORCH, "cpu", Precision.FLOAT32, 2);
  private static final Backend GPU = new Backend(EngineName.PYTORCH, "gpu:0", Precision.TF32, 2);

  @Test
  void tf32NeedsAGpuAndPyTorch() {
    assertThatThrownBy(() -> CPU.in(Precision.TF32))
        .hasMessage(
            "number type tf32: a CPU does not multiply in TF32; choose float32, or a device gpu:N");
    assertThatThrownBy(() -> GPU.on(EngineName.MXNET))
        .hasMessageContaining("MXNet cannot be switched")
        .hasMessageContaining("choose float32, or the engine pytorch");
    assertThat(GPU.in(Precision.FLOAT32).on(EngineName.MXNET).precision())
        .isEqualTo(Precision.FLOAT32);
  }

  @Test
  void fastAlgorithmsNeedAGpuAndPyTorch() {
    assertThat(CPU.algorithms()).isEqualTo(Algorithms.DETERMINISTIC);
    assertThat(GPU.algorithms()).isEqualTo(Algorithms.DETERMINISTIC);
    assertThatThrownBy(() -> CPU.withAlgorithms(Algorithms.FAST))
        .hasMessageContaining("on a CPU all algorithms are deterministic");
    Backend fast = GPU.in(Precision.FLOAT32).withAlgorithms(Algorithms.FAST);
    assertThatThrownBy(() -> fast.on(EngineName.MXNET)).hasMessageContaining("MXNet");
    assertThat(fast.withThreads(1).in(Precision.FLOAT64).algorithms()).isEqualTo(Algorithms.FAST);
  }

  @ParameterizedTest
  @CsvSource({"7,0,false", "7,5,false", "8,0,true", "8,6,true", "9,0,true", "12,0,true"})
  void tf32NeedsACardOfComputeCapability8(int major, int minor, boolean has) {
    GpuFacts card =
        new GpuFacts("a card", new NvidiaDriver.Version(major, minor), "580", "12.6", "9.5.1");
    if (has) {
      assertThatCode(() -> GPU.requireNumberType(card)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> GPU.requireNumberType(card))
          .hasMessageContaining("a card has compute capability " + major + "." + minor)
          .hasMessageContaining("choose float32");
    }
    assertThatCode(() -> GPU.in(Precision.FLOAT32).requireNumberType(card))
        .doesNotThrowAnyException();
  }

  @Test
  void aDeviceIsDescribedWithItsSoftwareOnAGpuAlone() {
    assertThat(CPU.describeDevice(CPU.gpu())).isEqualTo("cpu");
    assertThat(GPU.describeDevice(Optional.of(Gpus.H100)))
        .isEqualTo(
            "gpu:0 (NVIDIA H100 80GB HBM3, driver 580.95.05, CUDA 12.6, cuDNN 9.5.1, deterministic)");
    assertThat(GPU.withAlgorithms(Algorithms.FAST).describeDevice(Optional.of(Gpus.H100)))
        .endsWith(", fast)");
  }

  @Test
  void theVariablesOfAGpuAreSetBeforeTheEngineUsesOne() {
    assertThat(NativeSettings.ofGpu(EngineName.PYTORCH))
        .isEqualTo(
            Map.of("CUBLAS_WORKSPACE_CONFIG", ":4096:8", "TORCH_CUDNN_USE_HEURISTIC_MODE_B", "1"));
    assertThat(NativeSettings.ofGpu(EngineName.MXNET))
        .containsEntry("NVIDIA_TF32_OVERRIDE", "0")
        .containsEntry("MXNET_ENFORCE_DETERMINISM", "1");
  }
}
