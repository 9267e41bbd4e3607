package explr.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.schedule.Phases;
import explr.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@link Phases}: a list of schedules, each with the further key {@code during}. */
final class PhasesFormat implements PlainFormat<Phases> {

  private static final Key<List<JsonElement>> PHASES =
      Key.required(
          "phases",
          new Key.Kind<>("list of schedules", Fields::list, PhasesFormat::array),
          "each with the further key `during`");
  private static final Key<Long> DURING =
      Key.iterations("during", "the length of the phase, ≥ 1")
          .fallingBackTo("without end, for the last phase");

  @Override
  public String name() {
    return "phases";
  }

  @Override
  public Class<Phases> type() {
    return Phases.class;
  }

  @Override
  public String meaning() {
    return "schedules one after the other, each counted from 0 at its start";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(PHASES, DURING.documentedAs("phases[].during"));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"phases\", \"phases\": [{\"schedule\": \"linear\", \"from\": 0, \"to\": 0.1, \"over\": 500, \"during\": 500}, {\"schedule\": \"cosine\", \"from\": 0.1, \"over\": 3500}]}");
  }

  @Override
  public Phases read(Fields fields, ScheduleReader reader) {
    List<JsonElement> list = PHASES.in(fields);
    List<Phases.Phase> phases = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Fields phase =
          Fields.of(
              list.get(i),
              fields.path("phases") + "[" + i + "]",
              "an object with the keys 'schedule' and 'during'");
      Schedule schedule = reader.read(phase);
      boolean last = i == list.size() - 1;
      long during = last ? DURING.in(phase, Long.MAX_VALUE) : DURING.in(phase);
      phase.refuseOthers();
      phases.add(phase.make(() -> new Phases.Phase(schedule, during)));
    }
    return new Phases(phases);
  }

  @Override
  public JsonElement write(Phases schedule) {
    List<JsonElement> list = new ArrayList<>();
    for (Phases.Phase phase : schedule.phases()) {
      boolean last = list.size() == schedule.phases().size() - 1;
      JsonObject json = ScheduleWriter.object(phase.schedule());
      if (!last || phase.iterations() < Long.MAX_VALUE) {
        DURING.put(json, phase.iterations());
      }
      list.add(json);
    }
    JsonObject json = named();
    PHASES.put(json, list);
    return json;
  }

  @Override
  public String python(Phases schedule, String t, PythonSchedule python) {
    return python(schedule.phases(), t, python);
  }

  private static String python(List<Phases.Phase> phases, String t, PythonSchedule python) {
    Phases.Phase first = phases.get(0);
    String now = python.expression(first.schedule(), t);
    if (phases.size() == 1) {
      return now;
    }
    String sinceItsEnd = "(" + t + " - " + first.iterations() + ")";
    String later = python(phases.subList(1, phases.size()), sinceItsEnd, python);
    return String.format(Locale.ROOT, "(%s if %s < %s else %s)", now, t, first.iterations(), later);
  }

  private static JsonArray array(List<JsonElement> elements) {
    JsonArray array = new JsonArray(elements.size());
    elements.forEach(array::add);
    return array;
  }
}
