package explr.format;

import com.google.gson.JsonElement;
import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.Epochs;
import explr.schedule.Exponential;
import explr.schedule.Linear;
import explr.schedule.Phases;
import explr.schedule.Polynomial;
import explr.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The schedules of optax 0.2.8, which computes them in float32 unless JAX is told otherwise. */
final class OptaxFormats {

  static final List<FrameworkFormat> ALL =
      List.of(
          format(
              "constant_schedule",
              "value",
              "`constant`",
              "\"value\": 0.1",
              (fields, reader) -> new Constant(fields.number("value"))),
          format(
              "linear_schedule",
              "init_value, end_value, transition_steps, (transition_begin)",
              "`linear`, `delayed_by` transition_begin",
              "\"init_value\": 0.1, \"end_value\": 0, \"transition_steps\": 1000",
              (fields, reader) ->
                  delayed(
                      fields,
                      new Linear(init(fields), fields.number("end_value"), transition(fields)))),
          format(
              "polynomial_schedule",
              "init_value, end_value, power, transition_steps, (transition_begin)",
              "`polynomial`, `delayed_by` transition_begin",
              "\"init_value\": 0.1, \"end_value\": 0, \"power\": 2, \"transition_steps\": 1000",
              (fields, reader) ->
                  delayed(
                      fields,
                      new Polynomial(
                          init(fields),
                          fields.number("end_value"),
                          transition(fields),
                          fields.number("power")))),
          format(
              "exponential_decay",
              "init_value, transition_steps, decay_rate, (transition_begin, staircase, end_value)",
              "`exponential` with `every`, or with staircase `per_epoch`, transition_steps,"
                  + " `delayed_by` transition_begin; end_value is a bound that it stays on",
              "\"init_value\": 0.1, \"transition_steps\": 1000, \"decay_rate\": 0.9,"
                  + " \"staircase\": true",
              (fields, reader) -> exponential(fields)),
          format(
              "cosine_decay_schedule",
              "init_value, decay_steps, (alpha)",
              "`cosine` to alpha times init_value",
              "\"init_value\": 0.1, \"decay_steps\": 1000",
              (fields, reader) -> {
                linearExponent(fields);
                return new Cosine(
                    init(fields),
                    init(fields) * fields.number("alpha", 0),
                    FrameworkFormat.count(fields, "decay_steps"));
              }),
          format(
              "piecewise_constant_schedule",
              "init_value, boundaries_and_scales",
              "`step_decay` of equal scales, or `phases` of constants; the step of a boundary has the"
                  + " new value",
              "\"init_value\": 0.1, \"boundaries_and_scales\": {\"1000\": 0.1, \"2000\": 0.1}",
              (fields, reader) -> piecewise(fields)),
          format(
              "warmup_cosine_decay_schedule",
              "init_value, peak_value, warmup_steps, decay_steps, (end_value)",
              "`phases`: a line over warmup_steps, and a cosine up to decay_steps, which include the"
                  + " warm-up",
              "\"init_value\": 0, \"peak_value\": 0.1, \"warmup_steps\": 100, \"decay_steps\": 1000",
              (fields, reader) -> warmUpCosine(fields)),
          format(
              "sgdr_schedule",
              "cosine_kwargs",
              "`phases` of warmup_cosine_decay_schedule, each of its decay_steps",
              "\"cosine_kwargs\": [{\"init_value\": 0, \"peak_value\": 0.1, \"warmup_steps\": 10,"
                  + " \"decay_steps\": 100}, {\"init_value\": 0, \"peak_value\": 0.05,"
                  + " \"warmup_steps\": 10, \"decay_steps\": 200}]",
              (fields, reader) -> sgdr(fields)),
          format(
              "join_schedules",
              "schedules, boundaries",
              "`phases`; the step of a boundary is step 0 of the next schedule",
              "\"schedules\": [{\"schedule\": \"optax.linear_schedule\", \"init_value\": 0,"
                  + " \"end_value\": 0.1, \"transition_steps\": 100}, {\"schedule\":"
                  + " \"optax.cosine_decay_schedule\", \"init_value\": 0.1, \"decay_steps\": 900}],"
                  + " \"boundaries\": [100]",
              OptaxFormats::join));

  private OptaxFormats() {}

  private static FrameworkFormat format(
      String name, String arguments, String ours, String example, FrameworkFormat.Reading reading) {
    return new FrameworkFormat(
        "optax." + name,
        arguments,
        ours,
        String.format(Locale.ROOT, "{\"schedule\": \"optax.%s\", %s}", name, example),
        reading);
  }

  private static double init(Fields fields) {
    return fields.number("init_value");
  }

  private static long transition(Fields fields) {
    return FrameworkFormat.count(fields, "transition_steps");
  }

  private static void linearExponent(Fields fields) {
    FrameworkFormat.only(fields, "exponent", "1", "log the rates and read them as a table");
  }

  private static Schedule delayed(Fields fields, Schedule schedule) {
    long begin = fields.integer("transition_begin", 0);
    return begin <= 0 ? schedule : schedule.delayedBy(begin);
  }

  private static Schedule exponential(Fields fields) {
    double rate = fields.number("decay_rate");
    long steps = transition(fields);
    Exponential plain = Exponential.from(init(fields)).multipliedBy(rate);
    Schedule schedule =
        delayed(
            fields,
            fields.flag("staircase") ? plain.perEpoch(Epochs.of(steps)) : plain.every(steps));
    if (!FrameworkFormat.given(fields, "end_value")) {
      return schedule;
    }
    double bound = fields.number("end_value");
    long first = 0;
    long last = 1L << 40;
    while (first < last) {
      long middle = (first + last) / 2;
      double value = schedule.at(middle);
      if (rate < 1 ? value <= bound : value >= bound) {
        last = middle;
      } else {
        first = middle + 1;
      }
    }
    return first == 0
        ? new Constant(bound)
        : FrameworkFormat.then(schedule, first, new Constant(bound));
  }

  private static Schedule piecewise(Fields fields) {
    double value = init(fields);
    if (!FrameworkFormat.given(fields, "boundaries_and_scales")) {
      return new Constant(value);
    }
    Map<Long, Double> scales = new TreeMap<>();
    Fields given = fields.object("boundaries_and_scales");
    for (String boundary : given.others()) {
      if (!boundary.matches("[1-9]\\d{0,17}")) {
        throw FrameworkFormat.refused(
            fields, "boundaries_and_scales", "a boundary must be a whole number ≥ 1");
      }
      scales.put(Long.parseLong(boundary), given.number(boundary));
    }
    List<Long> boundaries = List.copyOf(scales.keySet());
    if (scales.values().stream().distinct().count() <= 1 && !scales.isEmpty()) {
      return FrameworkFormat.steps(value, scales.values().iterator().next(), boundaries);
    }
    List<Phases.Phase> phases = new ArrayList<>();
    long start = 0;
    for (Map.Entry<Long, Double> scale : scales.entrySet()) {
      phases.add(new Phases.Phase(new Constant(value), scale.getKey() - start));
      start = scale.getKey();
      value *= scale.getValue();
    }
    phases.add(new Phases.Phase(new Constant(value), Long.MAX_VALUE));
    return new Phases(phases);
  }

  private static Schedule warmUpCosine(Fields fields) {
    linearExponent(fields);
    long warmUp = fields.integer("warmup_steps");
    long length = fields.integer("decay_steps") - warmUp;
    if (length < 1) {
      throw FrameworkFormat.refused(
          fields, "decay_steps", "includes the warm-up, and must exceed warmup_steps = " + warmUp);
    }
    double peak = fields.number("peak_value");
    return FrameworkFormat.after(
        init(fields), peak, warmUp, new Cosine(peak, fields.number("end_value", 0), length));
  }

  private static Schedule sgdr(Fields fields) {
    List<Phases.Phase> phases = new ArrayList<>();
    List<JsonElement> list = fields.list("cosine_kwargs");
    for (int i = 0; i < list.size(); i++) {
      Fields cycle =
          Fields.of(list.get(i), fields.path("cosine_kwargs") + "[" + i + "]", "an object");
      Schedule schedule = cycle.make(() -> warmUpCosine(cycle));
      cycle.refuseOthers();
      boolean last = i == list.size() - 1;
      phases.add(new Phases.Phase(schedule, last ? Long.MAX_VALUE : cycle.integer("decay_steps")));
    }
    return new Phases(phases);
  }

  private static Schedule join(Fields fields, ScheduleReader reader) {
    List<JsonElement> list = fields.list("schedules");
    List<Long> boundaries = fields.integers("boundaries");
    if (list.size() != boundaries.size() + 1) {
      throw FrameworkFormat.refused(
          fields,
          "boundaries",
          String.format(
              Locale.ROOT, "%d schedules need %d boundaries", list.size(), list.size() - 1));
    }
    List<Phases.Phase> phases = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < list.size(); i++) {
      Schedule schedule = reader.read(list.get(i), fields.path("schedules") + "[" + i + "]");
      boolean last = i == boundaries.size();
      long length = last ? Long.MAX_VALUE : boundaries.get(i) - start;
      if (length < 1) {
        throw FrameworkFormat.refused(fields, "boundaries", "must be at least 1 and ascend");
      }
      phases.add(new Phases.Phase(schedule, length));
      start += length;
    }
    return new Phases(phases);
  }
}
