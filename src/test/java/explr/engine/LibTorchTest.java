package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibTorchTest {

  private static final String LIBRARY = System.mapLibraryName("torch");

  @TempDir private Path folder;

  private Path libraries() throws IOException {
    Path lib = Files.createDirectories(folder.resolve("torch/lib"));
    Files.writeString(lib.resolve(LIBRARY), "");
    return lib;
  }

  private static Optional<LibTorch> chosen(String path) {
    return LibTorch.chosen(Map.of("PYTORCH_LIBRARY_PATH", path, "PYTORCH_VERSION", "2.7.1")::get);
  }

  @Test
  void withoutAFolderThatHoldsItNoneIsChosen() {
    assertThat(LibTorch.chosen(name -> null)).isEmpty();
    assertThat(chosen(" ")).isEmpty();
    assertThat(chosen(folder.toString())).isEmpty();
  }

  @Test
  void theFirstFolderThatHoldsItIsChosenAsByDjl() throws IOException {
    Path lib = libraries();
    Path missing = folder.resolve("nowhere");
    assertThat(chosen(missing + ":" + lib)).contains(new LibTorch(lib, "2.7.1"));
    assertThat(chosen(lib.resolve(LIBRARY).toString())).contains(new LibTorch(lib, "2.7.1"));
  }

  @Test
  void itsOwnVersionCountsMoreThanTheVariable() throws IOException {
    Path lib = libraries();
    Files.writeString(lib.resolveSibling("build-version"), "2.8.0+cu128\n");
    assertThat(chosen(lib.toString()).orElseThrow().version()).isEqualTo("2.8.0+cu128");
    Files.writeString(
        lib.resolveSibling("version.py"), "debug = False\n__version__ = '2.7.1+cu126'\n");
    assertThat(chosen(lib.toString()).orElseThrow().version()).isEqualTo("2.7.1+cu126");
  }

  @Test
  void itHasCudaWhereItHasKernelsForIt() throws IOException {
    LibTorch torch = chosen(libraries().toString()).orElseThrow();
    assertThat(torch.hasCuda()).isFalse();
    assertThat(torch.carries("libcudnn")).isFalse();
    Files.writeString(torch.folder().resolve(System.mapLibraryName("torch_cuda")), "");
    Files.writeString(torch.folder().resolve("libcudnn.so.9"), "");
    assertThat(torch.hasCuda()).isTrue();
    assertThat(torch.carries("libcudnn")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"2.7.1+cu126, 12", "2.11.0+cu130, 13", "2.7.1+cpu, 0", "2.7.1, 0", "'', 0"})
  void theNameOfABuildSaysItsCuda(String version, int major) {
    assertThat(LibTorch.cudaMajor(version).orElse(0)).isEqualTo(major);
  }
}
