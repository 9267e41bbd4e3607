package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.schedule.StepDecay;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@link StepDecay}, whose divisor may also be given as its inverse. */
final class StepDecayFormat implements PlainFormat<StepDecay> {

  private static final Key<Double> FROM = Key.value("from", "before the first drop, ≥ 0");
  private static final Key<Double> DIVIDED_BY =
      Key.factor("divided_by", "at each drop, > 0").fallingBackTo("1 / `multiplied_by`");
  private static final Key<Double> MULTIPLIED_BY =
      Key.factor("multiplied_by", "at each drop, > 0").fallingBackTo("1 / `divided_by`");
  private static final Key<List<Long>> AFTER =
      Key.iterationList("after", "the first iterations with a new value, ≥ 1, ascending");

  @Override
  public String name() {
    return "step_decay";
  }

  @Override
  public Class<StepDecay> type() {
    return StepDecay.class;
  }

  @Override
  public String meaning() {
    return "`from` / `divided_by`^k, where k of the iterations in `after` are ≤ t; either"
        + " `divided_by` or `multiplied_by` is given";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(FROM, DIVIDED_BY, MULTIPLIED_BY, AFTER);
  }

  @Override
  public String synopsis() {
    return "from, divided_by or multiplied_by, after";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "{\"schedule\": \"step_decay\", \"from\": 0.1, \"divided_by\": 10, \"after\": [80, 120], \"per_epoch\": 391}",
        "{\"schedule\": \"step_decay\", \"from\": 0.1, \"multiplied_by\": 0.2, \"after\": [31280, 46920]}");
  }

  @Override
  public StepDecay read(Fields fields, ScheduleReader reader) {
    StepDecay from = StepDecay.from(FROM.in(fields));
    if (DIVIDED_BY.isIn(fields) == MULTIPLIED_BY.isIn(fields)) {
      throw new LocatedException(
          fields.path(), "a step_decay has either 'divided_by' or 'multiplied_by'");
    }
    StepDecay divided =
        DIVIDED_BY.isIn(fields)
            ? from.dividedBy(DIVIDED_BY.in(fields))
            : from.multipliedBy(MULTIPLIED_BY.in(fields));
    return new StepDecay(divided.initial(), divided.divisor(), AFTER.in(fields));
  }

  @Override
  public JsonElement write(StepDecay schedule) {
    JsonObject json = named();
    FROM.put(json, schedule.initial());
    DIVIDED_BY.put(json, schedule.divisor());
    AFTER.put(json, schedule.milestones());
    return json;
  }

  @Override
  public String python(StepDecay schedule, String t, PythonSchedule python) {
    String milestones =
        schedule.milestones().stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "[", "]"));
    return String.format(
        Locale.ROOT,
        "%s / %s ** sum(%s >= m for m in %s)",
        PythonSchedule.number(schedule.initial()),
        PythonSchedule.decimal(schedule.divisor()),
        t,
        milestones);
  }
}
