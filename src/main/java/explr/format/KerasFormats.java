package explr.format;

import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.CosineRestarts;
import explr.schedule.Epochs;
import explr.schedule.Exponential;
import explr.schedule.InverseTime;
import explr.schedule.Phases;
import explr.schedule.Polynomial;
import explr.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code keras.optimizers.schedules} 3.15.1, which Keras itself computes in float32. */
final class KerasFormats {

  /** Begins the name of each; a recipe with one must say whether the rate is inside the buffer. */
  static final String PREFIX = "keras.";

  static final List<FrameworkFormat> ALL =
      List.of(
          new FrameworkFormat(
              "keras.ExponentialDecay",
              "initial_learning_rate, decay_steps, decay_rate, (staircase)",
              "`exponential` with `every` decay_steps; with staircase, `per_epoch` decay_steps",
              "{\"schedule\": \"keras.ExponentialDecay\", \"initial_learning_rate\": 0.1,"
                  + " \"decay_steps\": 1000, \"decay_rate\": 0.96, \"staircase\": true}",
              KerasFormats::exponential),
          new FrameworkFormat(
              "keras.PiecewiseConstantDecay",
              "boundaries, values",
              "`phases` of constants; the step of a boundary still has the value before it, unlike"
                  + " PyTorch's milestones",
              "{\"schedule\": \"keras.PiecewiseConstantDecay\", \"boundaries\": [1000, 2000],"
                  + " \"values\": [0.1, 0.01, 0.001]}",
              KerasFormats::piecewise),
          new FrameworkFormat(
              "keras.PolynomialDecay",
              "initial_learning_rate, decay_steps, (end_learning_rate, power)",
              "`polynomial` to end_learning_rate, 0.0001 by default",
              "{\"schedule\": \"keras.PolynomialDecay\", \"initial_learning_rate\": 0.1,"
                  + " \"decay_steps\": 1000, \"power\": 2}",
              KerasFormats::polynomial),
          new FrameworkFormat(
              "keras.InverseTimeDecay",
              "initial_learning_rate, decay_steps, decay_rate, (staircase)",
              "`inverse_time` with `every` decay_steps; with staircase, `per_epoch` decay_steps",
              "{\"schedule\": \"keras.InverseTimeDecay\", \"initial_learning_rate\": 0.1,"
                  + " \"decay_steps\": 1000, \"decay_rate\": 0.5}",
              KerasFormats::inverseTime),
          new FrameworkFormat(
              "keras.CosineDecay",
              "initial_learning_rate, decay_steps, (alpha, warmup_target, warmup_steps)",
              "`cosine` to alpha times its start; with warmup_target, after a line of warmup_steps,"
                  + " which decay_steps do not include. Without it, warmup_steps do nothing",
              "{\"schedule\": \"keras.CosineDecay\", \"initial_learning_rate\": 0,"
                  + " \"decay_steps\": 1000, \"warmup_target\": 0.1, \"warmup_steps\": 100}",
              KerasFormats::cosine),
          new FrameworkFormat(
              "keras.CosineDecayRestarts",
              "initial_learning_rate, first_decay_steps, (t_mul, m_mul, alpha)",
              "`cosine_restarts`, each cycle t_mul times as long as the last, 2 by default",
              "{\"schedule\": \"keras.CosineDecayRestarts\", \"initial_learning_rate\": 0.1,"
                  + " \"first_decay_steps\": 100}",
              KerasFormats::restarts));

  private KerasFormats() {}

  private static Schedule exponential(Fields fields, ScheduleReader reader) {
    long steps = FrameworkFormat.count(fields, "decay_steps");
    Exponential exponential =
        Exponential.from(initial(fields)).multipliedBy(fields.number("decay_rate"));
    return fields.flag("staircase")
        ? exponential.perEpoch(Epochs.of(steps))
        : exponential.every(steps);
  }

  private static Schedule inverseTime(Fields fields, ScheduleReader reader) {
    long steps = FrameworkFormat.count(fields, "decay_steps");
    InverseTime inverse = InverseTime.from(initial(fields)).decayRate(fields.number("decay_rate"));
    return fields.flag("staircase") ? inverse.perEpoch(Epochs.of(steps)) : inverse.every(steps);
  }

  private static Schedule piecewise(Fields fields, ScheduleReader reader) {
    fields.has("name");
    List<Long> boundaries = fields.integers("boundaries");
    List<Double> values = fields.numbers("values");
    if (values.size() != boundaries.size() + 1) {
      throw FrameworkFormat.refused(
          fields,
          "values",
          String.format(
              Locale.ROOT,
              "%d boundaries need %d values",
              boundaries.size(),
              boundaries.size() + 1));
    }
    List<Phases.Phase> phases = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < values.size(); i++) {
      boolean last = i == boundaries.size();
      long end = last ? Long.MAX_VALUE : boundaries.get(i) + 1;
      if (end <= start) {
        throw FrameworkFormat.refused(fields, "boundaries", "must be at least 0 and ascend");
      }
      phases.add(new Phases.Phase(new Constant(values.get(i)), last ? end : end - start));
      start = end;
    }
    return new Phases(phases);
  }

  private static Schedule polynomial(Fields fields, ScheduleReader reader) {
    FrameworkFormat.only(
        fields, "cycle", "false", "log the rates of a cycle and read them as a table");
    return new Polynomial(
        initial(fields),
        fields.number("end_learning_rate", 1e-4),
        FrameworkFormat.count(fields, "decay_steps"),
        fields.number("power", 1));
  }

  private static Schedule cosine(Fields fields, ScheduleReader reader) {
    double initial = initial(fields);
    long steps = FrameworkFormat.count(fields, "decay_steps");
    double alpha = fields.number("alpha", 0);
    long warmUp = fields.integer("warmup_steps", 0);
    if (!FrameworkFormat.given(fields, "warmup_target")) {
      if (warmUp > 0) {
        reader.warn(
            fields.path("warmup_steps"),
            String.format(Locale.ROOT, "%d: without warmup_target Keras has no warm-up", warmUp));
      }
      return new Cosine(initial, alpha * initial, steps);
    }
    double target = fields.number("warmup_target");
    return FrameworkFormat.after(
        initial, target, warmUp, new Cosine(target, alpha * target, steps));
  }

  private static Schedule restarts(Fields fields, ScheduleReader reader) {
    double initial = initial(fields);
    double alpha = fields.number("alpha", 0);
    double decay = fields.number("m_mul", 1);
    if (alpha != 0 && decay != 1) {
      throw FrameworkFormat.refused(
          fields, "m_mul", "with alpha above 0 only 1 can be read; log the rates as a table");
    }
    double longer = fields.number("t_mul", 2);
    if (longer != 1 && longer != 2) {
      throw FrameworkFormat.refused(
          fields,
          "t_mul",
          "1 and 2 can be read; for others Keras' restarts depend on the rounding of a logarithm");
    }
    return new CosineRestarts(
        initial,
        alpha * initial,
        FrameworkFormat.count(fields, "first_decay_steps"),
        (long) longer,
        decay);
  }

  private static double initial(Fields fields) {
    fields.has("name");
    return fields.number("initial_learning_rate");
  }
}
