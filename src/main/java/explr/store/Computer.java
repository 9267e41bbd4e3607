package explr.store;

import explr.engine.Backend;
import explr.machine.GpuFacts;
import explr.machine.Machine;
import java.util.Optional;

/**
 * What a computer contributes to the {@link Identity} of a start.
 *
 * @param engineVersion of the engine's native library
 * @param blasKernels whose kernels multiply matrices, where that is chosen
 * @param instructionSet of the processor
 * @param gpu the card and its software, if it computes
 */
record Computer(
    String engineVersion,
    Optional<String> blasKernels,
    String instructionSet,
    Optional<GpuFacts> gpu) {

  /** A computer that computes on its CPU. */
  Computer(String engineVersion, Optional<String> blasKernels, String instructionSet) {
    this(engineVersion, blasKernels, instructionSet, Optional.empty());
  }

  /** This computer, with the backend of a task; starts no engine. */
  static Computer of(Backend backend) {
    return new Computer(
        backend.engine().libraryVersion(),
        backend.blasKernels(),
        Machine.instructionSet(),
        backend.gpu());
  }

  /** Equal cards compute the same bits, whatever their number. */
  String device(Backend backend) {
    return gpu.isPresent() ? "gpu" : backend.device();
  }

  /** On a GPU the host's threads and vector instructions compute nothing. */
  int threads(Backend backend) {
    return gpu.isPresent() ? 1 : backend.threads();
  }

  /** The instruction set, or on a GPU only the architecture of the host. */
  String processor() {
    return gpu.isPresent() ? System.getProperty("os.arch") : instructionSet;
  }
}
