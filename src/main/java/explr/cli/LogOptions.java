package explr.cli;

import explr.file.FileFailure;
import explr.format.Between;
import explr.format.LoggedColumn;
import explr.format.RecipeFile;
import explr.format.TrainingLog;
import explr.optimizer.Optimizer;
import explr.schedule.Constant;
import explr.schedule.Epochs;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/**
 * A recipe whose learning rate is read from the log of a training, with its other values given as
 * options.
 */
final class LogOptions {

  /** Its name on the command line. */
  static final String FROM_LOG = "--from-log";

  @Option(
      names = FROM_LOG,
      required = true,
      paramLabel = "RUN.csv",
      description =
          "The learning rates: a scalar that TensorBoard exports, a chart or history of Weights &"
              + " Biases, or the metrics.csv of Lightning.")
  private Path log;

  @Option(names = "--weight-decay", paramLabel = "λ", description = "The weight decay; required.")
  private Double weightDecay;

  @Option(names = "--momentum", paramLabel = "γ", description = "The momentum; required.")
  private Double momentum;

  @Option(
      names = "--column",
      paramLabel = "NAME",
      description = "The column of the learning rate, if several columns may hold it.")
  private String column;

  @Option(
      names = "--step",
      paramLabel = "NAME",
      description =
          "The column of the iterations, counted from 0. The Step of Weights & Biases counts calls"
              + " of its log; where these are not iterations, use trainer/global_step.")
  private String step;

  @Option(
      names = "--between",
      paramLabel = "HOW",
      description =
          "The values of iterations between two rows: hold that of the row before, or"
              + " interpolate on a straight line.")
  private String between;

  @Option(
      names = "--first",
      paramLabel = "η",
      description =
          "The learning rate at iteration 0, for a log that begins later, as Lightning's does.")
  private Double first;

  @Option(
      names = "--per-epoch",
      paramLabel = "N",
      description = "The log counts epochs of N iterations.")
  private Long perEpoch;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "The length of the run, if it continued after the last row.")
  private Long iterations;

  @Option(names = "--decoupled", description = "The weight decay is decoupled, as in SGDW.")
  private boolean decoupled;

  @Option(
      names = "--rate-inside-buffer",
      description = "The optimizer is SGD as in Keras, DJL or MXNet.")
  private boolean rateInsideBuffer;

  /**
   * Reads the log.
   *
   * @param notes receives a sentence that says what was read
   * @throws IOException if the log cannot be read; the message names the file
   * @throws IllegalArgumentException if something is wrong or missing; the message names it
   */
  RecipeFile recipe(Consumer<String> notes) throws IOException {
    if (weightDecay == null || momentum == null) {
      throw new IllegalArgumentException(
          "a log contains neither weight decay nor momentum; give "
              + (weightDecay == null ? "--weight-decay" : "")
              + (weightDecay == null && momentum == null ? " and " : "")
              + (momentum == null ? "--momentum" : ""));
    }
    if (decoupled && rateInsideBuffer) {
      throw new IllegalArgumentException(
          "--decoupled with --rate-inside-buffer has no conversion; omit one of them");
    }
    if (!Files.isRegularFile(log)) {
      throw new IllegalArgumentException(
          Files.isDirectory(log)
              ? log + " is a folder; name the CSV file in it"
              : "there is no file " + log);
    }
    try {
      return read(notes);
    } catch (IOException e) {
      throw new IOException(log + " cannot be read: " + FileFailure.reason(e), e);
    }
  }

  private RecipeFile read(Consumer<String> notes) throws IOException {
    TrainingLog columns =
        TrainingLog.of(log, Optional.ofNullable(column), Optional.ofNullable(step));
    LoggedColumn.Log read =
        columns.read(
            Optional.ofNullable(between).map(LogOptions::between),
            first == null ? OptionalDouble.empty() : OptionalDouble.of(first));
    Optional<Epochs> epochs = Optional.ofNullable(perEpoch).map(Epochs::of);
    long steps = read.lastStep() + 1;
    long length =
        iterations != null
            ? iterations
            : epochs.map(epoch -> epoch.iterations(steps)).orElse(steps);
    Schedule rate = epochs.map(epoch -> read.table().perEpoch(epoch)).orElse(read.table());
    Recipe recipe = new Recipe(rate, new Constant(weightDecay), new Constant(momentum), length);
    RecipeFile file = new RecipeFile(recipe, optimizer(), epochs);
    file.check();
    notes.accept(
        String.format(
            Locale.ROOT,
            "%s: the learning rate is column '%s', for %s 0 to %d of column '%s'; the run has"
                + " %d iterations",
            log,
            columns.column(),
            epochs.isPresent() ? "epochs" : "iterations",
            read.lastStep(),
            columns.step(),
            length));
    return file;
  }

  private static Between between(String name) {
    try {
      return Between.named(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--between " + e.getMessage(), e);
    }
  }

  private Optimizer optimizer() {
    return decoupled
        ? new Optimizer.DecoupledMomentum()
        : rateInsideBuffer ? new Optimizer.RateInsideBuffer() : new Optimizer.Momentum();
  }
}
