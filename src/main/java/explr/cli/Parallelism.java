package explr.cli;

import explr.engine.Backend;
import explr.experiment.Profile;
import java.util.OptionalInt;

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
   * On an H200, two, four and eight runs of the paper's network at a time trained 1.24, 1.27 and
   * 1.22 times the images per second of one in TF32 with the fastest algorithms; four trained 1.47
   * times as many with deterministic ones, and 1.67 times in float32.
   */
  private static final int BEST_ON_GPU = 4;

  /** A run of the paper's network and batch takes about 1 GB there, with 50,000 images. */
  private static final double BYTES_OF_A_RUN = 2e9;

  /**
   * The user's choice, completed.
   *
   * @param jobs null where the user gave none
   * @param threads null where the user gave none
   * @param runs number of runs of the command
   * @param fitting how many runs a GPU trains at a time, {@link #fitting}; empty on a CPU
   * @throws IllegalArgumentException if a given number is below 1
   */
  static Parallelism of(Integer jobs, Integer threads, int runs, OptionalInt fitting) {
    return of(jobs, threads, runs, fitting, Runtime.getRuntime().availableProcessors());
  }

  static Parallelism of(
      Integer jobs, Integer threads, int runs, OptionalInt fitting, int processors) {
    requireValid(jobs, threads);
    int perJob = threads == null ? 1 : threads;
    int most = fitting.orElse(processors / perJob);
    int together = jobs == null ? Math.max(1, Math.min(runs, most)) : jobs;
    return new Parallelism(
        together, threads == null ? Math.max(1, processors / together) : threads);
  }

  /**
   * How many runs of a profile a GPU trains at a time by default: at most {@value #BEST_ON_GPU},
   * fewer where its memory is small, at least 1.
   *
   * @param bytes the memory of the GPU
   */
  static int fitting(Profile profile, long bytes) {
    double size = profile.depth() / 32.0 * profile.width() * profile.batchSize() / 128;
    double fitting = bytes / (BYTES_OF_A_RUN * Math.max(1, size));
    return (int) Math.max(1, Math.min(BEST_ON_GPU, fitting));
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
