package explr.engine;

import com.sun.jna.ptr.IntByReference;
import explr.machine.GpuFacts;
import explr.machine.NvidiaDriver;
import explr.machine.Symbols;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads {@link GpuFacts} from NVIDIA's driver and libraries; loads them, but no engine.
 *
 * @param driver lists the cards
 * @param cudart the CUDA runtime
 * @param cudnn cuDNN
 */
record GpuLibraries(NvidiaDriver driver, Symbols cudart, Symbols cudnn) {

  private static final List<String> CUDART = List.of("cudart", "libcudart.so.12");
  private static final List<String> CUDNN = List.of("libcudnn.so.9", "libcudnn.so.8");

  private static final Map<Integer, GpuFacts> KNOWN = new ConcurrentHashMap<>();

  /**
   * The facts of a card, read once in a process.
   *
   * @param index of the card, from 0
   * @throws IllegalStateException if the driver, the card or a library is missing
   */
  static GpuFacts facts(int index) {
    return KNOWN.computeIfAbsent(index, card -> here().read(card));
  }

  /**
   * A card as its driver lists it.
   *
   * @param index of the card, from 0
   * @throws IllegalStateException if the driver or the card is missing
   */
  static NvidiaDriver.Card card(int index) {
    return card(driverHere(), index);
  }

  private static NvidiaDriver driverHere() {
    return NvidiaDriver.here()
        .orElseThrow(() -> missing("NVIDIA's driver", List.of("libcuda.so.1")));
  }

  private static GpuLibraries here() {
    return new GpuLibraries(
        driverHere(), library("the CUDA runtime", CUDART), library("cuDNN", CUDNN));
  }

  private static Symbols library(String what, List<String> names) {
    return Symbols.firstOf(names).orElseThrow(() -> missing(what, names));
  }

  private static IllegalStateException missing(String what, List<String> names) {
    return new IllegalStateException(
        "a GPU needs %s, but %s cannot be loaded; add its folder to LD_LIBRARY_PATH, or choose --device cpu"
            .formatted(what, String.join(" or ", names)));
  }

  /**
   * The facts of a card. Where the driver's own version is not visible, as in WSL2, the version of
   * CUDA that it supports takes its place.
   */
  GpuFacts read(int index) {
    NvidiaDriver.Card card = card(driver, index);
    IntByReference runtime = new IntByReference();
    int error = cudart.function("cudaRuntimeGetVersion").invokeInt(new Object[] {runtime});
    if (error != 0) {
      throw new IllegalStateException(
          "the GPU cannot be used: cudaRuntimeGetVersion of %s returned error %d; choose --device cpu"
              .formatted(cudart.name(), error));
    }
    return new GpuFacts(
        card.name(),
        card.capability(),
        driver.version().isEmpty() ? "for CUDA " + driver.cuda() : driver.version(),
        cudaVersion(runtime.getValue()),
        cudnnVersion(cudnn.function("cudnnGetVersion").invokeLong(new Object[0])));
  }

  private static NvidiaDriver.Card card(NvidiaDriver driver, int index) {
    return driver.cards().stream()
        .filter(each -> each.index() == index)
        .findFirst()
        .orElseThrow(() -> noCard(driver, index));
  }

  private static IllegalStateException noCard(NvidiaDriver driver, int index) {
    String reason = driver.fault().isEmpty() ? "" : ": " + driver.fault();
    return new IllegalStateException(
        "the NVIDIA driver lists %d cards, and gpu:%d is none of them%s; choose --device cpu"
            .formatted(driver.cards().size(), index, reason));
  }

  /** As CUDA encodes it: 1000 major + 10 minor. */
  static String cudaVersion(int encoded) {
    return encoded / 1000 + "." + encoded % 1000 / 10;
  }

  /** As cuDNN encodes it: 10000 major + 100 minor + patch, before version 9 1000 major. */
  static String cudnnVersion(long encoded) {
    long unit = encoded < 10_000 ? 1000 : 10_000;
    return encoded / unit + "." + encoded % unit / 100 + "." + encoded % 100;
  }
}
