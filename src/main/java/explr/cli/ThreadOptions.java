package explr.cli;

import picocli.CommandLine.Option;

/** The option that chooses how many threads a command computes with. */
final class ThreadOptions {

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; all processors by default.")
  private Integer threads;

  /** The number of threads. */
  int count() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
