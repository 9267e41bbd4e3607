package explr.cli;

import explr.experiment.Experiment;
import explr.experiment.Profile;
import explr.experiment.RunFolder;
import explr.schedule.Epochs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Trains runs, one after the other or several at a time, and tells how it goes. */
final class Trainer {

  private final Experiment experiment;
  private final RunOptions options;
  private final Parallelism parallelism;
  private final boolean force;

  Trainer(Experiment experiment, RunOptions options, Parallelism parallelism, boolean force) {
    this.experiment = experiment;
    this.options = options;
    this.parallelism = parallelism;
    this.force = force;
  }

  /** Trains what is left of some runs. */
  void train(List<Jobs.Job> runs) throws IOException, InterruptedException {
    if (force) {
      for (Jobs.Job run : runs) {
        folder(run).discard();
      }
    }
    for (Jobs.Job run : runs) {
      experiment.requireSameConfiguration(run.curve(), run.seed());
    }
    Work left = workLeft(runs);
    announce(runs.size(), left);
    try (Progress progress = new Progress(left.iterations(), parallelism.jobs() > 1)) {
      List<Jobs.Job> unfinished = new ArrayList<>();
      for (Jobs.Job run : runs) {
        if (parallelism.jobs() > 1 && !folder(run).finished()) {
          unfinished.add(run);
        } else {
          progress.begin(run.title(), done(run), run.curve().rates().iterations());
          train(run, progress);
        }
      }
      new Jobs(options, parallelism.jobs(), parallelism.threads(), progress, this::doneOrNone)
          .train(unfinished);
    }
  }

  private void train(Jobs.Job run, Progress progress) throws IOException, InterruptedException {
    Teller teller =
        new Teller(
            experiment.profile().batchSize(),
            progress::trained,
            epoch -> progress.epoch(run.title(), epoch));
    experiment.train(run.curve(), run.seed(), options.steps(), teller);
  }

  private RunFolder folder(Jobs.Job run) {
    return experiment.run(run.curve(), run.seed());
  }

  /** What is to be done: steps, and evaluations after an epoch of them. */
  private record Work(int runs, long iterations, long evaluations) {}

  private Work workLeft(List<Jobs.Job> runs) throws IOException {
    Epochs epochs = experiment.task(runs.get(0).seed()).epochs();
    int unfinished = 0;
    long iterations = 0;
    long evaluations = 0;
    for (Jobs.Job run : runs) {
      long done = done(run);
      long all = run.curve().rates().iterations();
      if (done < all) {
        unfinished++;
        iterations += all - done;
        evaluations += epochs.epochOf(all - 1) + 1 - epochs.epochOf(done);
      }
    }
    return new Work(unfinished, iterations, evaluations);
  }

  /** For a message: training itself will say what cannot be read. */
  private long doneOrNone(Jobs.Job run) {
    try {
      return done(run);
    } catch (IOException e) {
      return 0;
    }
  }

  /** A finished run needs no checkpoint any more, and none is looked at. */
  private long done(Jobs.Job run) throws IOException {
    RunFolder folder = folder(run);
    return folder.finished() ? run.curve().rates().iterations() : folder.iterationsDone();
  }

  /** How often, one after another, as many runs as train at once are trained. */
  private int rounds(int runs) {
    return (runs + parallelism.jobs() - 1) / parallelism.jobs();
  }

  private void announce(int runs, Work left) throws InterruptedException {
    if (left.iterations() == 0) {
      System.out.printf("%d runs, all trained already%n", runs);
      return;
    }
    Profile profile = experiment.profile();
    double seconds =
        experiment.pace().seconds(left.iterations(), left.evaluations(), profile.testImages())
            * rounds(left.runs())
            / left.runs();
    System.out.printf(
        Locale.ROOT,
        "%d runs, %,d iterations to train, %,d images in all: about %s here%n",
        runs,
        left.iterations(),
        left.iterations() * profile.batchSize(),
        Progress.duration(seconds));
  }
}
