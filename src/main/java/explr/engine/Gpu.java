package explr.engine;

import explr.machine.NvidiaDriver;
import explr.machine.NvidiaDriver.Card;
import explr.machine.Symbols;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What networks on a GPU need, compared with what this computer has: a driver with a card, a
 * libtorch with kernels for that card, and CUDA's libraries. Starts no engine.
 *
 * @param driver of NVIDIA, where there is one
 * @param libtorch that the variables name, where they name one
 * @param loadable whether the linker finds a library of this name
 */
record Gpu(Optional<NvidiaDriver> driver, Optional<LibTorch> libtorch, Predicate<String> loadable) {

  private static final List<String> CUDNN = List.of("libcudnn.so.9", "libcudnn.so.8");

  /** This computer, under this process's variables. */
  static Gpu here() {
    return new Gpu(NvidiaDriver.here(), LibTorch.chosen(), Gpu::loads);
  }

  private static boolean loads(String library) {
    return Symbols.firstOf(List.of(library)).isPresent();
  }

  /** The first card that networks can run on. */
  Optional<Card> first() {
    return cards().stream().filter(card -> refusal(card.index()).isEmpty()).findFirst();
  }

  /** Why networks can run on no card here; empty where they can. */
  Optional<String> refusal() {
    return first().isPresent() ? Optional.empty() : refusal(0);
  }

  /** Why networks cannot run on the card of gpu:{@code index}; empty where they can. */
  Optional<String> refusal(int index) {
    return missingCard(index).or(() -> unserved(index)).or(this::missingLibrary);
  }

  /**
   * Why the library that the set-up installs, or the one that the variables name, has kernels for
   * no card here; empty where it has, and where there is no card.
   */
  Optional<String> unserved() {
    boolean served = cards().stream().anyMatch(card -> unserved(card.index()).isEmpty());
    return served || cards().isEmpty() ? Optional.empty() : unserved(0);
  }

  private List<Card> cards() {
    return driver.map(NvidiaDriver::cards).orElse(List.of());
  }

  /** Why there is no card gpu:{@code index} here; empty where there is one. */
  Optional<String> missingCard(int index) {
    if (driver.isEmpty()) {
      return Optional.of("no NVIDIA driver was found");
    }
    if (!driver.get().fault().isEmpty()) {
      return Optional.of("the NVIDIA driver lists no card: " + driver.get().fault());
    }
    int count = cards().size();
    return index < count
        ? Optional.empty()
        : Optional.of(
            "the NVIDIA driver lists "
                + (count == 0 ? "no card" : count == 1 ? "one card, gpu:0" : count + " cards"));
  }

  private Optional<String> unserved(int index) {
    String build = libtorch.map(LibTorch::version).orElse(LibTorch.INSTALLED);
    NvidiaDriver.Version supported = driver.orElseThrow().cuda();
    Optional<Integer> cuda = LibTorch.cudaMajor(build);
    if (cuda.isPresent() && supported.major() < cuda.get()) {
      return Optional.of(
          "the NVIDIA driver supports CUDA %s and PyTorch %s needs CUDA %d; update the driver"
              .formatted(supported, build, cuda.get()));
    }
    Card card = cards().get(index);
    boolean outside =
        card.capability().compareTo(LibTorch.FIRST_CAPABILITY) < 0
            || card.capability().compareTo(LibTorch.LAST_CAPABILITY) > 0;
    // A build of the user's own may have kernels for any card.
    return outside && build.equals(LibTorch.INSTALLED)
        ? Optional.of(
            "the card %s has compute capability %s and PyTorch %s has kernels for %s to %s; %s can name a libtorch of your own that has more"
                .formatted(
                    card.name(),
                    card.capability(),
                    build,
                    LibTorch.FIRST_CAPABILITY,
                    LibTorch.LAST_CAPABILITY,
                    LibTorch.FOLDER))
        : Optional.empty();
  }

  private Optional<String> missingLibrary() {
    if (libtorch.isEmpty()) {
      String named = LibTorch.variable(LibTorch.FOLDER);
      return Optional.of(
          named == null || named.isBlank()
              ? "no GPU library is installed; environment/reproduce --setup-only installs one"
              : LibTorch.FOLDER + " names " + named + ", where there is no libtorch.so");
    }
    LibTorch library = libtorch.get();
    if (!library.hasCuda()) {
      return Optional.of(
          "the libtorch in %s is for CPUs: there is no libtorch_cuda.so"
              .formatted(library.folder()));
    }
    // DJL loads CUDA's runtime by this name.
    if (!loadable.test("cudart")) {
      return Optional.of(
          "CUDA's runtime is missing: no folder on LD_LIBRARY_PATH has a libcudart.so");
    }
    return library.carries("libcudnn") || CUDNN.stream().anyMatch(loadable)
        ? Optional.empty()
        : Optional.of("cuDNN is missing: no folder on LD_LIBRARY_PATH has a " + CUDNN.get(0));
  }
}
