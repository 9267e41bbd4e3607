package explr.format;

import com.google.gson.JsonElement;
import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.CosineRestarts;
import explr.schedule.Epochs;
import explr.schedule.Exponential;
import explr.schedule.Linear;
import explr.schedule.Phases;
import explr.schedule.Polynomial;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import explr.schedule.Tabulated;
import explr.schedule.Triangular;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JSON → schedule; the format is that of {@link explr.format}. */
final class ScheduleReader {

  private final Path folder;

  /** A reader to whom the files of tables are relative to a folder. */
  ScheduleReader(Path folder) {
    this.folder = folder;
  }

  Schedule read(JsonElement json, String path) {
    if (Fields.isNumber(json)) {
      return new Constant(Fields.number(json, path));
    }
    Fields fields = Fields.of(json, path, "a number, or an object with the key 'schedule'");
    Schedule schedule = read(fields);
    fields.refuseOthers();
    return schedule;
  }

  private Schedule read(Fields fields) {
    JsonElement kind = fields.element("schedule");
    Schedule schedule =
        Fields.isText(kind)
            ? named(kind.getAsString(), fields)
            : read(kind, fields.path("schedule"));
    return modified(schedule, fields);
  }

  private Schedule named(String name, Fields fields) {
    return fields.make(
        () ->
            switch (name) {
              case "constant" -> new Constant(fields.number("value"));
              case "step_decay" -> stepDecay(fields);
              case "exponential" ->
                  new Exponential(
                      fields.number("from"),
                      fields.number("multiplied_by"),
                      fields.integer("every", 1));
              case "linear" ->
                  new Linear(fields.number("from"), fields.number("to", 0), fields.integer("over"));
              case "polynomial" ->
                  new Polynomial(
                      fields.number("from"),
                      fields.number("to", 0),
                      fields.integer("over"),
                      fields.number("power"));
              case "cosine" ->
                  new Cosine(fields.number("from"), fields.number("to", 0), fields.integer("over"));
              case "cosine_restarts" ->
                  new CosineRestarts(
                      fields.number("from"),
                      fields.number("to", 0),
                      fields.integer("period"),
                      fields.integer("lengthening", 1),
                      fields.number("decay", 1));
              case "triangular" ->
                  new Triangular(
                      fields.number("low", 0),
                      fields.number("high"),
                      fields.integer("rise"),
                      fields.integer("fall"));
              case "phases" -> phases(fields);
              case "table" -> table(fields);
              default ->
                  throw new LocatedException(
                      fields.path("schedule"),
                      ("there is no schedule '%s'; there are constant, step_decay, exponential,"
                              + " linear, polynomial, cosine, cosine_restarts, triangular, phases"
                              + " and table")
                          .formatted(name));
            });
  }

  private static StepDecay stepDecay(Fields fields) {
    StepDecay from = StepDecay.from(fields.number("from"));
    if (fields.has("divided_by") == fields.has("multiplied_by")) {
      throw new LocatedException(
          fields.path(), "a step_decay has either 'divided_by' or 'multiplied_by'");
    }
    StepDecay divided =
        fields.has("divided_by")
            ? from.dividedBy(fields.number("divided_by"))
            : from.multipliedBy(fields.number("multiplied_by"));
    return new StepDecay(divided.initial(), divided.divisor(), fields.integers("after"));
  }

  private Phases phases(Fields fields) {
    List<JsonElement> list = fields.list("phases");
    List<Phases.Phase> phases = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Fields phase =
          Fields.of(
              list.get(i),
              "%s[%d]".formatted(fields.path("phases"), i),
              "an object with the keys 'schedule' and 'during'");
      Schedule schedule = read(phase);
      boolean last = i == list.size() - 1;
      long during = last ? phase.integer("during", Long.MAX_VALUE) : phase.integer("during");
      phase.refuseOthers();
      phases.add(phase.make(() -> new Phases.Phase(schedule, during)));
    }
    return new Phases(phases);
  }

  private Tabulated table(Fields fields) {
    if (fields.has("csv")) {
      Path csv = folder.resolve(fields.text("csv"));
      String column = fields.text("column");
      boolean logarithms = fields.flag("logarithms");
      try {
        return Tabulated.read(csv, column, logarithms);
      } catch (IOException e) {
        throw new LocatedException(
            fields.path("csv"),
            "cannot read %s (%s); the file is looked for beside the recipe"
                .formatted(csv, e.getClass().getSimpleName()));
      }
    }
    if (fields.has("values") == fields.has("logarithms")) {
      throw new LocatedException(
          fields.path(), "a table has either 'values', or 'logarithms', or 'csv' with 'column'");
    }
    boolean logarithms = fields.has("logarithms");
    String key = logarithms ? "logarithms" : "values";
    List<JsonElement> list = fields.list(key);
    List<Double> values = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      values.add(entry(list.get(i), "%s[%d]".formatted(fields.path(key), i)));
    }
    return new Tabulated(values, logarithms);
  }

  private static double entry(JsonElement json, String path) {
    if (Fields.isText(json) && json.getAsString().equals("-inf")) {
      return Double.NEGATIVE_INFINITY;
    }
    if (Fields.isText(json) && json.getAsString().equals("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    return Fields.number(json, path);
  }

  /** In the order of {@link ScheduleWriter#MODIFIERS}. */
  private static Schedule modified(Schedule plain, Fields fields) {
    return fields.make(
        () -> {
          Schedule schedule = plain;
          if (fields.has("per_epoch")) {
            schedule = schedule.perEpoch(Epochs.of(fields.integer("per_epoch")));
          }
          if (fields.has("warmed_up")) {
            Fields warmUp = fields.object("warmed_up");
            schedule = schedule.warmedUp(warmUp.number("start_factor", 0), warmUp.integer("over"));
            warmUp.refuseOthers();
          }
          if (fields.has("repeated_every")) {
            schedule = schedule.repeatedEvery(fields.integer("repeated_every"));
          }
          if (fields.has("times")) {
            schedule = schedule.times(fields.number("times"));
          }
          return schedule;
        });
  }
}
