package explr.cli;

import explr.experiment.Curve;
import explr.experiment.Experiment;
import explr.experiment.Profile;
import explr.experiment.RunFolder;
import explr.schedule.Epochs;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Trains the runs of some curves one after the other and tells how it goes. */
final class Trainer {

  private final Experiment experiment;
  private final List<Long> seeds;
  private final boolean force;
  private final boolean steps;

  Trainer(Experiment experiment, List<Long> seeds, boolean force, boolean steps) {
    this.experiment = experiment;
    this.seeds = seeds;
    this.force = force;
    this.steps = steps;
  }

  /** Trains a run of each curve for each seed. */
  void train(List<Curve> curves) throws IOException, InterruptedException {
    if (force) {
      for (Curve curve : curves) {
        for (long seed : seeds) {
          experiment.run(curve, seed).discard();
        }
      }
    }
    for (Curve curve : curves) {
      for (long seed : seeds) {
        experiment.requireSameConfiguration(curve, seed);
      }
    }
    Work left = workLeft(curves);
    announce(curves, left);
    Progress progress = new Progress(left.iterations(), experiment.profile().batchSize());
    // Seed by seed, so that the first seed's figure is complete as early as can be.
    for (long seed : seeds) {
      for (Curve curve : curves) {
        RunFolder run = experiment.run(curve, seed);
        progress.begin(
            curve.title() + ", seed " + seed, done(curve, run), curve.rates().iterations());
        try {
          experiment.train(curve, seed, steps, progress);
        } finally {
          progress.end();
        }
      }
    }
  }

  /** What is to be done: steps, and evaluations after an epoch of them. */
  private record Work(long iterations, long evaluations) {}

  private Work workLeft(List<Curve> curves) throws IOException {
    Epochs epochs = experiment.task(seeds.get(0)).epochs();
    long iterations = 0;
    long evaluations = 0;
    for (Curve curve : curves) {
      for (long seed : seeds) {
        long done = done(curve, experiment.run(curve, seed));
        long all = curve.rates().iterations();
        if (done < all) {
          iterations += all - done;
          evaluations += epochs.epochOf(all - 1) + 1 - epochs.epochOf(done);
        }
      }
    }
    return new Work(iterations, evaluations);
  }

  /** A finished run needs no checkpoint any more, and none is looked at. */
  private static long done(Curve curve, RunFolder run) throws IOException {
    return run.finished() ? curve.rates().iterations() : run.iterationsDone();
  }

  private void announce(List<Curve> curves, Work left) throws InterruptedException {
    int runs = curves.size() * seeds.size();
    if (left.iterations() == 0) {
      System.out.printf("%d runs, all trained already%n", runs);
      return;
    }
    Profile profile = experiment.profile();
    double seconds =
        experiment.pace().seconds(left.iterations(), left.evaluations(), profile.testImages());
    System.out.printf(
        Locale.ROOT,
        "%d runs, %,d iterations to train, %,d images in all: about %s here%n",
        runs,
        left.iterations(),
        left.iterations() * profile.batchSize(),
        Progress.duration(seconds));
  }
}
