package explr.equivalence;

import explr.csv.CsvReader;
import explr.csv.CsvRow;
import explr.csv.CsvWriter;
import explr.equivalence.Deviation.Quantity;
import explr.file.AtomicFile;
import explr.text.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Converts the measurements of an exactness report to tables and CSV files, and back. */
public final class ExactnessTables {

  private ExactnessTables() {}

  /** A row for each deviation at each step. */
  public static Table of(Exactness report) {
    List<Arithmetic> settings = new ArrayList<>();
    List<Deviation> rows = new ArrayList<>();
    report
        .lockSteps()
        .forEach(
            (setting, lockStep) ->
                lockStep
                    .deviations()
                    .forEach(
                        deviation -> {
                          settings.add(setting);
                          rows.add(deviation);
                        }));
    Table table =
        Table.create(
            "Deviations in lock-step",
            StringColumn.create("setting", settings.stream().map(Arithmetic::name)),
            StringColumn.create("run", rows.stream().map(Deviation::run)),
            LongColumn.create(
                "iteration", rows.stream().mapToLong(Deviation::iteration).toArray()));
    for (Quantity quantity : Quantity.values()) {
      table.addColumns(column(quantity.title(), rows, deviation -> deviation.of(quantity)));
    }
    return table;
  }

  /** A row for each distance of free runs. */
  public static Table of(ChaosFloor chaos) {
    List<ChaosFloor.Point> rows = chaos.points();
    return Table.create(
        "Distances of free runs",
        StringColumn.create("pair", rows.stream().map(ChaosFloor.Point::pair)),
        LongColumn.create("seed", rows.stream().mapToLong(ChaosFloor.Point::seed).toArray()),
        LongColumn.create(
            "iteration", rows.stream().mapToLong(ChaosFloor.Point::iteration).toArray()),
        column("logits", rows, ChaosFloor.Point::logits),
        column("angle", rows, ChaosFloor.Point::angle),
        column("accuracy", rows, ChaosFloor.Point::accuracy),
        column("original_accuracy", rows, ChaosFloor.Point::originalAccuracy));
  }

  private static <T> DoubleColumn column(String name, List<T> rows, ToDoubleFunction<T> value) {
    return DoubleColumn.create(name, rows.stream().mapToDouble(value).toArray());
  }

  /** Median and maximum of each deviation over the steps: a row for each run under each setting. */
  public static Table summary(Exactness report) {
    List<String> settings = new ArrayList<>();
    List<String> runs = new ArrayList<>();
    List<String[]> numbers = new ArrayList<>();
    report
        .lockSteps()
        .forEach(
            (setting, lockStep) -> {
              for (String run : lockStep.runs()) {
                settings.add(setting.title());
                runs.add(run);
                numbers.add(
                    Arrays.stream(Quantity.values())
                        .map(
                            quantity ->
                                Numbers.literal(lockStep.median(run, quantity), 2)
                                    + " | "
                                    + Numbers.literal(lockStep.maximum(run, quantity), 2))
                        .toArray(String[]::new));
              }
            });
    Table table =
        Table.create(
            "Deviation in lock-step, median | maximum over the steps",
            StringColumn.create("setting", settings),
            StringColumn.create("run", runs));
    for (Quantity quantity : Quantity.values()) {
      table.addColumns(
          StringColumn.create(
              quantity.title(), numbers.stream().map(row -> row[quantity.ordinal()])));
    }
    return table;
  }

  /** A row for each optimizer. */
  public static Table overview(Map<ComparedOptimizer, Exactness> reports) {
    return Table.create(
        "Runs without weight decay, step by step",
        StringColumn.create("optimizer", reports.keySet().stream().map(ComparedOptimizer::title)),
        numbers("64 bits, largest deviation", reports, Exactness::largestDeviation),
        numbers("wrong on purpose, smallest", reports, Exactness::smallestOfControls),
        LongColumn.create(
            "bars missed",
            reports.values().stream()
                .mapToLong(report -> report.verdicts().stream().filter(v -> !v.holds()).count())
                .toArray()));
  }

  private static StringColumn numbers(
      String title, Map<ComparedOptimizer, Exactness> reports, ToDoubleFunction<Exactness> number) {
    return StringColumn.create(
        title,
        reports.values().stream().map(report -> Numbers.literal(number.applyAsDouble(report), 2)));
  }

  /** A row for each verdict. */
  public static Table of(List<Verdict> verdicts) {
    return Table.create(
        "Verdicts",
        StringColumn.create("what", verdicts.stream().map(Verdict::statement)),
        StringColumn.create("is", verdicts.stream().map(Verdict::measured)),
        StringColumn.create("and must be", verdicts.stream().map(Verdict::required)),
        BooleanColumn.create("holds", verdicts.stream().map(Verdict::holds).toList()));
  }

  /** Writes a table as CSV; an empty field is a value that is missing. */
  public static void write(Table table, Path file) throws IOException {
    String text =
        CsvWriter.text(
            csv -> {
              csv.row(table.columnNames());
              for (int i = 0; i < table.rowCount(); i++) {
                int row = i;
                csv.row(
                    table.columns().stream()
                        .map(column -> column.getUnformattedString(row))
                        .toList());
              }
            });
    AtomicFile.write(file, text);
  }

  /** Reads what {@link #of(Exactness)} and {@link #write} wrote. */
  public static Exactness readExactness(Path file) {
    Map<Arithmetic, List<Deviation>> rows = new EnumMap<>(Arithmetic.class);
    for (CsvRow row : read(file)) {
      rows.computeIfAbsent(arithmetic(row), key -> new ArrayList<>())
          .add(
              new Deviation(
                  row.get("run"),
                  row.whole("iteration"),
                  number(row, "logits"),
                  number(row, "direction"),
                  number(row, "buffer"),
                  number(row, "evaluation")));
    }
    Map<Arithmetic, LockStep> lockSteps = new EnumMap<>(Arithmetic.class);
    rows.forEach((setting, deviations) -> lockSteps.put(setting, new LockStep(deviations)));
    return new Exactness(lockSteps);
  }

  /** Reads the reports of all optimizers that have their own subfolder. */
  public static Map<ComparedOptimizer, Exactness> readOptimizers(Path folder) {
    Map<ComparedOptimizer, Exactness> reports = new EnumMap<>(ComparedOptimizer.class);
    for (ComparedOptimizer optimizer : ComparedOptimizer.values()) {
      Path file = folder.resolve(optimizer.folder()).resolve("lock-step.csv");
      if (Files.exists(file)) {
        reports.put(optimizer, readExactness(file));
      }
    }
    return reports;
  }

  /** Reads what {@link #of(ChaosFloor)} and {@link #write} wrote. */
  public static ChaosFloor readChaos(Path file) {
    List<ChaosFloor.Point> points = new ArrayList<>();
    for (CsvRow row : read(file)) {
      points.add(
          new ChaosFloor.Point(
              row.get("pair"),
              row.whole("seed"),
              row.whole("iteration"),
              number(row, "logits"),
              number(row, "angle"),
              number(row, "accuracy"),
              number(row, "original_accuracy")));
    }
    return new ChaosFloor(points);
  }

  private static Arithmetic arithmetic(CsvRow row) {
    String name = row.get("setting");
    try {
      return Arithmetic.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw row.error(
          "there is no setting '%s'; there are %s".formatted(name, List.of(Arithmetic.values())));
    }
  }

  private static double number(CsvRow row, String column) {
    return row.get(column).isEmpty() ? Double.NaN : row.number(column);
  }

  private static List<CsvRow> read(Path file) {
    try (CsvReader csv = CsvReader.open(file)) {
      List<CsvRow> rows = new ArrayList<>();
      csv.forEach(rows::add);
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
