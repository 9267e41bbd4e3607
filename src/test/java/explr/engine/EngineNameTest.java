package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class EngineNameTest {

  private static final Predicate<EngineName> BOTH = engine -> true;
  private static final Predicate<EngineName> PYTORCH_ALONE = EngineName.PYTORCH::equals;

  @Test
  void mxnetIsTakenWhereItCanBe() {
    assertThat(EngineName.auto(BOTH)).isEqualTo(EngineName.MXNET);
    assertThat(EngineName.MXNET.standsInBecause(BOTH, "linux-x86_64")).isEmpty();
  }

  @Test
  void pytorchStandsInWhereMxnetHasNoLibraryAndSaysSo() {
    assertThat(EngineName.auto(PYTORCH_ALONE)).isEqualTo(EngineName.PYTORCH);
    assertThat(EngineName.PYTORCH.standsInBecause(PYTORCH_ALONE, "linux-aarch64"))
        .contains("MXNet has no library for linux-aarch64");
  }

  @Test
  void pytorchChosenBesideMxnetNeedsNoReason() {
    assertThat(EngineName.PYTORCH.standsInBecause(BOTH, "linux-x86_64")).isEmpty();
  }

  @Test
  void onAGpuPytorchStandsInForMxnetAndSaysSo() {
    assumeThat(EngineName.MXNET.namedByUser()).isFalse();
    assertThat(EngineName.PYTORCH.standsInBecause("gpu:0"))
        .contains("MXNet has no library for GPUs here");
    assertThat(EngineName.MXNET.standsInBecause("gpu:0")).isEmpty();
    assertThat(EngineName.MXNET.standsInBecause("cpu")).isEmpty();
  }

  @Test
  void withoutAnyLibraryItSaysWhatToAdd() {
    assertThatThrownBy(() -> EngineName.auto(engine -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("neither MXNet nor PyTorch")
        .hasMessageContaining(System.getProperty("os.arch"));
  }
}
