package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.machine.NvidiaDriver;
import explr.machine.NvidiaDriver.Card;
import explr.machine.NvidiaDriver.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {

  private static final Predicate<String> ALL = library -> true;
  private static final Version CUDA = new Version(12, 8);

  @TempDir private Path folder;

  private static Card card(int index, int major, int minor) {
    return new Card(index, "Card " + index, new Version(major, minor), 8L << 30);
  }

  private static Optional<NvidiaDriver> driver(Version cuda, Card... cards) {
    return Optional.of(new NvidiaDriver("580.95.05", cuda, List.of(cards), ""));
  }

  /** A libtorch for GPUs, and cuDNN with it only where the linker finds one. */
  private Optional<LibTorch> libtorch(String version) throws IOException {
    for (String each : List.of("torch", "torch_cuda")) {
      Files.writeString(folder.resolve(System.mapLibraryName(each)), "");
    }
    return Optional.of(new LibTorch(folder, version));
  }

  private Gpu complete(Card... cards) throws IOException {
    return new Gpu(driver(CUDA, cards), libtorch(LibTorch.INSTALLED), ALL);
  }

  private static Placement place(String engine, String device, Gpu gpu) {
    return Placement.of(engine, device, () -> gpu, false);
  }

  @Test
  void autoIsPytorchOnTheFirstCardThatTheLibraryServes() throws IOException {
    assertThat(place("auto", "auto", complete(card(0, 8, 6))))
        .isEqualTo(new Placement(EngineName.PYTORCH, "gpu:0", Optional.empty()));
    assertThat(place("auto", "auto", complete(card(0, 3, 5), card(1, 9, 0))).device())
        .isEqualTo("gpu:1");
  }

  @Test
  void aNamedCardIsTakenOrRefused() throws IOException {
    Gpu gpu = complete(card(0, 9, 0), card(1, 12, 0));
    assertThat(place("pytorch", "gpu:0", gpu).device()).isEqualTo("gpu:0");
    assertThatThrownBy(() -> place("auto", "gpu:1", gpu))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("device gpu:1 cannot be used: the card Card 1 has")
        .hasMessageContaining("Choose cpu or auto");
    assertThatThrownBy(() -> place("auto", "gpu:2", gpu))
        .hasMessageContaining("the NVIDIA driver lists 2 cards");
  }

  @ParameterizedTest
  @CsvSource({
    "3, 7, false",
    "5, 0, true",
    "5, 2, true",
    "8, 9, true",
    "9, 0, true",
    "10, 0, false",
    "12, 0, false",
  })
  void theInstalledBuildServesTheCardsThatItHasKernelsFor(int major, int minor, boolean served)
      throws IOException {
    Gpu gpu = complete(card(0, major, minor));
    assertThat(gpu.unserved().isEmpty()).isEqualTo(served);
    assertThat(place("auto", "auto", gpu).device()).isEqualTo(served ? "gpu:0" : "cpu");
  }

  @Test
  void aBuildOfTheUsersOwnIsTrustedWithAnyCard() throws IOException {
    Gpu gpu = new Gpu(driver(CUDA, card(0, 12, 0)), libtorch("2.7.1+cu128"), ALL);
    assertThat(place("auto", "auto", gpu).device()).isEqualTo("gpu:0");
  }

  @Test
  void aCardIsJudgedByTheBuildThatWouldBeInstalled() {
    Gpu gpu = new Gpu(driver(CUDA, card(0, 12, 0)), Optional.empty(), ALL);
    assertThat(gpu.unserved().orElseThrow())
        .contains("Card 0 has compute capability 12.0")
        .contains("kernels for 5.0 to 9.0");
    assertThat(new Gpu(driver(CUDA), Optional.empty(), ALL).unserved()).isEmpty();
    assertThat(new Gpu(Optional.empty(), Optional.empty(), ALL).unserved()).isEmpty();
  }

  private static Stream<Arguments> computersWithoutAUsableCard() {
    Card good = card(0, 9, 0);
    Optional<NvidiaDriver> broken =
        Optional.of(new NvidiaDriver("", CUDA, List.of(), "cuInit fails with error 999"));
    Predicate<String> noRuntime = library -> !library.equals("cudart");
    Predicate<String> noCudnn = library -> !library.startsWith("libcudnn");
    return Stream.of(
        Arguments.of(Optional.empty(), true, ALL, "no NVIDIA driver was found"),
        Arguments.of(broken, true, ALL, "lists no card: cuInit fails with error 999"),
        Arguments.of(driver(CUDA), true, ALL, "the NVIDIA driver lists no card"),
        Arguments.of(driver(new Version(11, 4), good), true, ALL, "driver supports CUDA 11.4"),
        Arguments.of(driver(CUDA, card(0, 10, 0)), true, ALL, "compute capability 10.0"),
        Arguments.of(driver(CUDA, good), false, ALL, "no GPU library is installed"),
        Arguments.of(
            driver(CUDA, good), true, noRuntime, "no folder on LD_LIBRARY_PATH has a libcudart.so"),
        Arguments.of(driver(CUDA, good), true, noCudnn, "cuDNN is missing"));
  }

  @ParameterizedTest
  @MethodSource("computersWithoutAUsableCard")
  void autoIsTheCpuWhereAnythingIsMissingAndSaysWhat(
      Optional<NvidiaDriver> driver, boolean installed, Predicate<String> loadable, String reason)
      throws IOException {
    Optional<LibTorch> library = installed ? libtorch(LibTorch.INSTALLED) : Optional.empty();
    Gpu gpu = new Gpu(driver, library, loadable);
    Placement placement = place("auto", "auto", gpu);
    assertThat(placement.device()).isEqualTo("cpu");
    assertThat(placement.engine()).isEqualTo(EngineName.auto());
    assertThat(placement.description()).startsWith(" (no GPU is used: ").contains(reason);
    assertThatThrownBy(() -> place("auto", "gpu:0", gpu)).hasMessageContaining(reason);
  }

  @Test
  void aLibtorchForCpusIsNoGpuLibrary() throws IOException {
    Gpu gpu = complete(card(0, 9, 0));
    Files.delete(folder.resolve(System.mapLibraryName("torch_cuda")));
    assertThat(gpu.refusal().orElseThrow()).contains("is for CPUs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "mxnet", "pytorch"})
  void theCpuIsTakenWithoutALookAtTheDriver(String engine) {
    List<String> asked = new ArrayList<>();
    Placement placement =
        Placement.of(
            engine,
            "cpu",
            () -> {
              asked.add("driver");
              return new Gpu(Optional.empty(), Optional.empty(), ALL);
            },
            false);
    assertThat(placement)
        .isEqualTo(new Placement(EngineName.parse(engine), "cpu", Optional.empty()));
    assertThat(asked).isEmpty();
  }

  @Test
  void mxnetRunsOnAGpuOnlyWithALibraryOfTheUsersOwn() throws IOException {
    Gpu gpu = complete(card(0, 8, 6));
    assertThat(place("mxnet", "auto", gpu).device()).isEqualTo("cpu");
    assertThat(place("mxnet", "auto", gpu).description()).contains("MXNET_LIBRARY_PATH");
    assertThatThrownBy(() -> place("mxnet", "gpu:0", gpu))
        .hasMessageContaining("the MXNet that is installed is for CPUs")
        .hasMessageContaining("--engine pytorch");
    assertThat(Placement.of("mxnet", "gpu:0", () -> gpu, true))
        .isEqualTo(new Placement(EngineName.MXNET, "gpu:0", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "gpu:", "gpu:1000", "cuda:0", "CPU", ""})
  void anUnknownDeviceIsNamed(String device) {
    assertThatThrownBy(() -> Placement.of("auto", device))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown device '" + device + "'");
  }
}
