package explr.format;

import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.Epochs;
import explr.schedule.Exponential;
import explr.schedule.Phases;
import explr.schedule.Polynomial;
import explr.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The schedulers of {@code timm.scheduler} 1.0.31, stepped as timm's {@code train.py} does. */
final class TimmFormats {

  private static final long MOST_CYCLES = 1000;

  /** One cycle. */
  @FunctionalInterface
  private interface Shape {
    Schedule of(double from, double to, long length);
  }

  private static final String COMMON = ", (warmup_t, warmup_lr_init, warmup_prefix, t_in_epochs)";

  static final List<FrameworkFormat> ALL =
      List.of(
          new FrameworkFormat(
              "timm.CosineLRScheduler",
              "lr, t_initial, (lr_min, cycle_mul, cycle_decay, cycle_limit)" + COMMON,
              "`cosine`, with lr_min from t_initial on; several cycles are `phases`. A warm-up"
                  + " replaces the first warmup_t values of the cosine; with warmup_prefix true the"
                  + " cosine starts after it",
              "{\"schedule\": \"timm.CosineLRScheduler\", \"lr\": 0.1, \"t_initial\": 100,"
                  + " \"warmup_t\": 5, \"warmup_lr_init\": 0.001, \"per_epoch\": 391}",
              (fields, reader) -> warmed(fields, cycles(fields, Cosine::new), false)),
          new FrameworkFormat(
              "timm.PolyLRScheduler",
              "lr, t_initial, (power, lr_min, cycle_mul, cycle_decay, cycle_limit)" + COMMON,
              "`polynomial` with power 0.5 by default; the rest as CosineLRScheduler",
              "{\"schedule\": \"timm.PolyLRScheduler\", \"lr\": 0.1, \"t_initial\": 100,"
                  + " \"power\": 2, \"per_epoch\": 391}",
              (fields, reader) -> {
                double power = fields.number("power", 0.5);
                return warmed(
                    fields,
                    cycles(fields, (from, to, length) -> new Polynomial(from, to, length, power)),
                    false);
              }),
          new FrameworkFormat(
              "timm.StepLRScheduler",
              "lr, decay_t, (decay_rate)" + COMMON,
              "`exponential` with `multiplied_by` decay_rate and `per_epoch` decay_t, which starts"
                  + " after a warm-up; with warmup_prefix false the warm-up replaces its first values",
              "{\"schedule\": \"timm.StepLRScheduler\", \"lr\": 0.1, \"decay_t\": 30,"
                  + " \"decay_rate\": 0.1, \"per_epoch\": 391}",
              (fields, reader) ->
                  warmed(
                      fields,
                      Exponential.from(fields.number("lr"))
                          .multipliedBy(fields.number("decay_rate", 1))
                          .perEpoch(Epochs.of(FrameworkFormat.count(fields, "decay_t"))),
                      true)),
          new FrameworkFormat(
              "timm.MultiStepLRScheduler",
              "lr, decay_t, (decay_rate)" + COMMON,
              "`step_decay` with milestones decay_t − 1: timm compares with t + 1. Without a warm-up"
                  + " the first value is lr whatever the milestones",
              "{\"schedule\": \"timm.MultiStepLRScheduler\", \"lr\": 0.1, \"decay_t\": [30, 60],"
                  + " \"decay_rate\": 0.1, \"per_epoch\": 391}",
              (fields, reader) -> warmed(fields, multiStep(fields), true)));

  private TimmFormats() {}

  private static Schedule warmed(Fields fields, Schedule schedule, boolean prefix) {
    FrameworkFormat.only(fields, "noise_range_t", "null", "a rate with noise has no formula");
    FrameworkFormat.only(fields, "k_decay", "1", "log the rates and read them as a table");
    if (FrameworkFormat.flag(fields, "t_in_epochs", true) != fields.has("per_epoch")) {
      throw new LocatedException(
          fields.path(),
          "timm counts epochs unless 't_in_epochs' is false: give their length, \"per_epoch\": n,"
              + " or \"t_in_epochs\": false, one of the two");
    }
    long length = fields.integer("warmup_t", 0);
    double start = fields.number("warmup_lr_init", 0);
    boolean after = FrameworkFormat.flag(fields, "warmup_prefix", prefix);
    double lr = fields.number("lr");
    return FrameworkFormat.after(
        start, lr, length, after ? schedule : FrameworkFormat.skip(schedule, length));
  }

  private static Schedule multiStep(Fields fields) {
    boolean warm = fields.integer("warmup_t", 0) > 0;
    List<Long> milestones =
        fields.integers("decay_t").stream()
            .map(milestone -> warm ? milestone - 1 : Math.max(1, milestone - 1))
            .sorted()
            .toList();
    return FrameworkFormat.steps(fields.number("lr"), fields.number("decay_rate", 1), milestones);
  }

  /**
   * cycle_limit cycles, then lr_min. timm finds the cycle of t by a quotient of logarithms; where
   * that rounds down at a restart, the cycle before lasts one step longer, as in timm.
   */
  private static Schedule cycles(Fields fields, Shape shape) {
    double lr = fields.number("lr");
    double to = fields.number("lr_min", 0);
    double decay = fields.number("cycle_decay", 1);
    long limit = FrameworkFormat.count(fields, "cycle_limit", 1);
    double mul = fields.number("cycle_mul", 1);
    if (mul < 1 || mul != Math.rint(mul)) {
      throw FrameworkFormat.refused(
          fields, "cycle_mul", "a whole number ≥ 1 can be read; write other cycles as phases");
    }
    long length = FrameworkFormat.count(fields, "t_initial");
    if (limit == 1) {
      return shape.of(lr, to, length);
    }
    if (limit > MOST_CYCLES) {
      throw FrameworkFormat.refused(
          fields, "cycle_limit", String.format(Locale.ROOT, "at most %d can be read", MOST_CYCLES));
    }
    List<Phases.Phase> phases = new ArrayList<>();
    long initial = length;
    long start = 0;
    long late = 0;
    for (long i = 0; i < limit && start < 1L << 40; i++) {
      long end = start + length;
      long endsLate = mul > 1 && cycleOf(end, initial, mul) <= i ? 1 : 0;
      Schedule cycle = shape.of(lr * Math.pow(decay, i), to, length);
      phases.add(new Phases.Phase(FrameworkFormat.skip(cycle, late), length - late + endsLate));
      late = endsLate;
      start = end;
      length = Math.multiplyExact(length, (long) mul);
    }
    phases.add(new Phases.Phase(new Constant(to), Long.MAX_VALUE));
    return new Phases(phases);
  }

  private static double cycleOf(long t, long initial, double mul) {
    return Math.floor(Math.log(1 - (double) t / initial * (1 - mul)) / Math.log(mul));
  }
}
