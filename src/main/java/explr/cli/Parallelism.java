package explr.cli;

import explr.engine.Backend;

/**
 * How many runs train at the same time, and on how many threads each.
 *
 * <p>One thread each is best: two runs of one thread train about 1.1 times as many images per
 * second as one run of two. The number of threads decides the bits of a run, so the choice depends
 * only on the command, not on how many of its runs are still to be trained.
 *
 * @param jobs at least 1
 * @param threads of each job, at least 1
 */
record Parallelism(int jobs, int threads) {

  /**
   * The user's choice, completed.
   *
   * @param jobs null where the user gave none
   * @param threads null where the user gave none
   * @param runs number of runs of the command
   * @throws IllegalArgumentException if a given number is below 1
   */
  static Parallelism of(Integer jobs, Integer threads, int runs, boolean onGpu) {
    return of(jobs, threads, runs, onGpu ? 1 : Runtime.getRuntime().availableProcessors());
  }

  static Parallelism of(Integer jobs, Integer threads, int runs, int processors) {
    requireValid(jobs, threads);
    int perJob = threads == null ? 1 : threads;
    int together = jobs == null ? Math.max(1, Math.min(runs, processors / perJob)) : jobs;
    return new Parallelism(
        together, threads == null ? Math.max(1, processors / together) : threads);
  }

  /**
   * Refuses numbers below 1, and more threads than an engine can start.
   *
   * @param jobs null where the user gave none
   * @param threads null where the user gave none
   */
  static void requireValid(Integer jobs, Integer threads) {
    require(jobs, "--jobs needs at least one job");
    require(threads, "--threads needs at least one thread");
    if (threads != null && threads > Backend.MOST_THREADS) {
      throw new IllegalArgumentException(
          "--threads must be at most %d, not %d; more than the %d processors of this machine slow a run down"
              .formatted(
                  Backend.MOST_THREADS, threads, Runtime.getRuntime().availableProcessors()));
    }
  }

  private static void require(Integer number, String sentence) {
    if (number != null && number < 1) {
      throw new IllegalArgumentException(sentence + ", not " + number);
    }
  }

  /** How many runs progress in parallel: no more than the processors allow. */
  int atOnce() {
    return Math.max(1, Math.min(jobs, Runtime.getRuntime().availableProcessors() / threads));
  }

  /** For the end of a line about the engine. */
  String description() {
    return jobs == 1 ? "" : ", " + jobs + " runs at a time";
  }
}
