package explr.format;

import explr.csv.CsvReader;
import explr.csv.CsvRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The learning rate in the log of a training, with the columns found by their names: TensorBoard's
 * export of a scalar, Weights &amp; Biases' of a chart or of a run's history, and the file of
 * Lightning's CSVLogger.
 *
 * <p>A column holds the rate if its name has the word lr or learning_rate and not momentum or
 * weight_decay; of the columns Wall time, Step and Value it is the last. A column holds the
 * iterations if its name is or ends in step, iteration or iter. Weights &amp; Biases puts the name
 * of the run and a hyphen before such names, which are used only if a file has no others.
 *
 * @param csv the file
 * @param column the name of the column with the rate
 * @param step the name of the column with the iterations
 */
public record TrainingLog(Path csv, String column, String step) {

  private static final Pattern RATE =
      Pattern.compile("(.*[^a-z])?(lr|learning[ _-]?rate)([^a-z].*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern OTHER =
      Pattern.compile(".*(momentum|weight[ _-]?decay|__MIN|__MAX).*", Pattern.CASE_INSENSITIVE);
  private static final Set<String> TENSORBOARD = Set.of("Wall time", "Step", "Value");

  /** Stands between the name of a run and that of a quantity in an export of a chart. */
  private static final String AFTER_RUN = " - ";

  /**
   * Finds the columns.
   *
   * @param column the name of the column with the rate; empty to find it
   * @param step the name of the column with the iterations; empty to find it
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the file and its columns if a column is missing, or if
   *     several fit
   */
  public static TrainingLog of(Path csv, Optional<String> column, Optional<String> step)
      throws IOException {
    try (CsvReader file = CsvReader.open(csv)) {
      column.ifPresent(file::require);
      step.ifPresent(file::require);
      List<String> names = file.columns();
      return new TrainingLog(
          csv,
          column.isPresent() ? column.get() : rate(csv, names),
          step.isPresent() ? step.get() : step(csv, names));
    }
  }

  private static String rate(Path csv, List<String> names) {
    if (TENSORBOARD.equals(Set.copyOf(names))) {
      return "Value";
    }
    Predicate<String> isRate = name -> RATE.matcher(quantity(name)).matches();
    List<String> rates = names.stream().filter(isRate.and(name -> !isOther(name))).toList();
    return only(csv, names, rates, "the learning rate", "--column");
  }

  private static String step(Path csv, List<String> names) {
    List<String> steps =
        names.stream()
            .filter(name -> StepLikeColumns.NAME.matcher(quantity(name)).matches())
            .toList();
    List<String> ofNoRun = steps.stream().filter(name -> !name.contains(AFTER_RUN)).toList();
    return only(csv, names, ofNoRun.isEmpty() ? steps : ofNoRun, "the iterations", "--step");
  }

  private static boolean isOther(String name) {
    return OTHER.matcher(quantity(name)).matches();
  }

  private static String quantity(String name) {
    int run = name.lastIndexOf(AFTER_RUN);
    return run < 0 ? name : name.substring(run + AFTER_RUN.length());
  }

  private static String only(
      Path csv, List<String> names, List<String> found, String content, String option) {
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new IllegalArgumentException(
        found.isEmpty()
            ? String.format(
                Locale.ROOT,
                "%s: no column's name suggests that it holds %s; name the column with %s. The"
                    + " columns are %s",
                csv,
                content,
                option,
                names)
            : String.format(
                Locale.ROOT,
                "%s: several columns may hold %s: %s; choose one with %s",
                csv,
                content,
                found,
                option));
  }

  /**
   * Reads the rates.
   *
   * @param between how missing iterations are filled; if empty, such a log is refused
   * @param first the rate at iteration 0, for a log that begins later
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the file, and the line of a row that is refused, such
   *     as one whose value is a mean over several iterations or runs
   */
  public LoggedColumn.Log read(Optional<Between> between, OptionalDouble first) throws IOException {
    refuseMeans(column);
    refuseMeans(step);
    return new LoggedColumn(csv, column, false, step, between, first).read();
  }

  /** A chart of Weights &amp; Biases may show means, whose extremes are in columns next to them. */
  private void refuseMeans(String name) throws IOException {
    String lowest = name + "__MIN";
    String highest = name + "__MAX";
    try (CsvReader rows = CsvReader.open(csv)) {
      if (!rows.columns().containsAll(List.of(lowest, highest))) {
        return;
      }
      for (CsvRow row : rows) {
        if (!row.get(name).isBlank()
            && (differs(row, name, lowest) || differs(row, name, highest))) {
          throw row.error(
              String.format(
                  Locale.ROOT,
                  "the value in '%s' is a mean of values from %s to %s; export a single run without"
                      + " grouping or smoothing, or its history",
                  name,
                  row.get(lowest).strip(),
                  row.get(highest).strip()));
        }
      }
    }
  }

  private static boolean differs(CsvRow row, String name, String extreme) {
    return !row.get(extreme).isBlank() && row.number(extreme) != row.number(name);
  }
}
