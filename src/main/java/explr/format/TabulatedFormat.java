package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.file.FileFailure;
import explr.schedule.Tabulated;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@link Tabulated}, from a list in the recipe or from a column of a CSV file. */
final class TabulatedFormat implements PlainFormat<Tabulated> {

  private static final String EITHER = "one of `values`, `logarithms` and `csv` is given";

  private static final Key<List<Double>> VALUES =
      Key.numberList("values", "at t = 0, 1, …").fallingBackTo(EITHER);
  private static final Key<List<Double>> LOGARITHMS =
      Key.numberList("logarithms", "natural logarithms of the values; `\"-inf\"` stands for 0")
          .fallingBackTo(EITHER);
  private static final Key<String> CSV =
      Key.text("csv", "a file, relative to the folder of the recipe").fallingBackTo(EITHER);
  private static final Key<String> COLUMN =
      Key.text("column", "its name in the header of the file").fallingBackTo("needed with `csv`");
  private static final Key<Boolean> OF_LOGARITHMS =
      Key.flag("logarithms", "with `csv`: whether the column holds natural logarithms");
  private static final Key<String> STEP =
      Key.text("step", "with `csv`: the column of iterations, which ascend from 0")
          .fallingBackTo("rows are iterations 0, 1, 2, …");
  private static final Key<String> BETWEEN =
      Key.text(
              "between",
              "with `step`: `\"hold\"` the value of the row before, or `\"interpolate\"` on a"
                  + " straight line; the last value is kept for as long as the last two rows are"
                  + " apart")
          .fallingBackTo("needed where iterations have no row");
  private static final Key<Double> FIRST =
      Key.value(
              "first",
              "with `step`: the column's value at iteration 0, for a log that begins later")
          .fallingBackTo("the log begins at 0");

  @Override
  public String name() {
    return "table";
  }

  @Override
  public Class<Tabulated> type() {
    return Tabulated.class;
  }

  @Override
  public String meaning() {
    return "the value for each iteration in a list, or in the rows of a CSV file";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(VALUES, LOGARITHMS, CSV, COLUMN, OF_LOGARITHMS, STEP, BETWEEN, FIRST);
  }

  @Override
  public String synopsis() {
    return "values / logarithms / csv, column (step, between, first)";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"table\", \"values\": [0.1, 0.2, 0.1]}",
        "{\"schedule\": \"table\", \"logarithms\": [\"-inf\", -2.3, 709.9]}",
        "{\"schedule\": \"table\", \"csv\": \"rates.csv\", \"column\": \"learning_rate\"}",
        "{\"schedule\": \"table\", \"csv\": \"rates.csv\", \"column\": \"ln_learning_rate\", \"logarithms\": true}",
        "{\"schedule\": \"table\", \"csv\": \"rates.csv\", \"column\": \"learning_rate\", \"step\": \"iteration\", \"between\": \"hold\"}",
        "{\"schedule\": \"table\", \"csv\": \"metrics.csv\", \"column\": \"lr-SGD\", \"step\": \"step\", \"first\": 0.2, \"between\": \"interpolate\"}");
  }

  @Override
  public Tabulated read(Fields fields, ScheduleReader reader) {
    if (CSV.isIn(fields)) {
      try {
        return readFile(fields, reader);
      } catch (IOException e) {
        throw new LocatedException(
            fields.path("csv"),
            String.format(
                Locale.ROOT,
                "cannot be read: %s; it is looked for in the folder of the recipe",
                FileFailure.reason(e)));
      }
    }
    if (VALUES.isIn(fields) == LOGARITHMS.isIn(fields)) {
      throw new LocatedException(
          fields.path(), "a table has either 'values', or 'logarithms', or 'csv' with 'column'");
    }
    boolean logarithms = LOGARITHMS.isIn(fields);
    return new Tabulated((logarithms ? LOGARITHMS : VALUES).in(fields), logarithms);
  }

  private static Tabulated readFile(Fields fields, ScheduleReader reader) throws IOException {
    Path csv = reader.folder().resolve(CSV.in(fields));
    String column = COLUMN.in(fields);
    boolean logarithms = OF_LOGARITHMS.in(fields);
    if (!STEP.isIn(fields)) {
      return TabulatedCsv.read(
          csv, column, logarithms, warning -> reader.warn(fields.path(), warning));
    }
    Optional<Between> between =
        BETWEEN.isIn(fields)
            ? Optional.of(
                Fields.located(fields.path("between"), () -> Between.named(BETWEEN.in(fields))))
            : Optional.empty();
    LoggedColumn.Log log =
        new LoggedColumn(
                csv,
                column,
                logarithms,
                STEP.in(fields),
                between,
                FIRST.isIn(fields) ? OptionalDouble.of(FIRST.in(fields)) : OptionalDouble.empty())
            .read();
    reader.lastRow(log.table(), log.lastStep() + 1);
    return log.table();
  }

  @Override
  public JsonElement write(Tabulated schedule) {
    JsonObject json = named();
    (schedule.logarithms() ? LOGARITHMS : VALUES).put(json, schedule.values());
    return json;
  }

  @Override
  public String python(Tabulated schedule, String t, PythonSchedule python) {
    String entry = python.table(schedule.values()) + "[" + t + "]";
    return schedule.logarithms() ? "math.exp(" + entry + ")" : entry;
  }
}
