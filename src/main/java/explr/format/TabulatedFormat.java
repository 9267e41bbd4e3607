package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.schedule.Tabulated;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
    return List.of(VALUES, LOGARITHMS, CSV, COLUMN, OF_LOGARITHMS);
  }

  @Override
  public String synopsis() {
    return "values, or logarithms, or csv and column (and logarithms)";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"table\", \"values\": [0.1, 0.2, 0.1]}",
        "{\"schedule\": \"table\", \"logarithms\": [\"-inf\", -2.3, 709.9]}",
        "{\"schedule\": \"table\", \"csv\": \"rates.csv\", \"column\": \"learning_rate\"}",
        "{\"schedule\": \"table\", \"csv\": \"rates.csv\", \"column\": \"ln_learning_rate\", \"logarithms\": true}");
  }

  @Override
  public Tabulated read(Fields fields, ScheduleReader reader) {
    if (CSV.isIn(fields)) {
      Path csv = reader.folder().resolve(CSV.in(fields));
      String column = COLUMN.in(fields);
      boolean logarithms = OF_LOGARITHMS.in(fields);
      try {
        return TabulatedCsv.read(csv, column, logarithms);
      } catch (IOException e) {
        throw new LocatedException(
            fields.path("csv"),
            "cannot read %s (%s); it is looked for in the folder of the recipe"
                .formatted(csv, e.getClass().getSimpleName()));
      }
    }
    if (VALUES.isIn(fields) == LOGARITHMS.isIn(fields)) {
      throw new LocatedException(
          fields.path(), "a table has either 'values', or 'logarithms', or 'csv' with 'column'");
    }
    boolean logarithms = LOGARITHMS.isIn(fields);
    return new Tabulated((logarithms ? LOGARITHMS : VALUES).in(fields), logarithms);
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
