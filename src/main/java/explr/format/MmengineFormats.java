package explr.format;

import com.google.gson.JsonElement;
import explr.schedule.Constant;
import explr.schedule.CosineCycle;
import explr.schedule.Epochs;
import explr.schedule.Exponential;
import explr.schedule.Linear;
import explr.schedule.Phases;
import explr.schedule.Polynomial;
import explr.schedule.Schedule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The {@code param_scheduler} of a config of mmengine 0.10.7: schedulers that act one after the
 * other, or a warm-up that multiplies another.
 */
final class MmengineFormats {

  /** An end that is never reached. */
  private static final long NEVER = 1L << 40;

  static final List<FrameworkFormat> ALL =
      List.of(
          new FrameworkFormat(
              "mmengine.param_scheduler",
              "lr, param_scheduler: a list of objects with type (LinearLR, ConstantLR, StepLR,"
                  + " MultiStepLR, ExponentialLR, CosineAnnealingLR, PolyLR), their arguments, begin,"
                  + " end, by_epoch and convert_to_iter_based; epoch_length, where epochs are counted",
              "`phases` of `linear`, `step_decay`, …, each from the rate that the one before leaves;"
                  + " a LinearLR from step 0 up to 1 that overlaps one other is `warmed_up`, if that is"
                  + " not a LinearLR or ConstantLR and its eta_min is 0. LinearLR,"
                  + " ConstantLR and PolyLR reach their end at step end − 1, not at end;"
                  + " CosineAnnealingLR with T_max end − begin stops one step before eta_min."
                  + " Without by_epoch false, steps are epochs",
              "{\"schedule\": \"mmengine.param_scheduler\", \"lr\": 0.1, \"epoch_length\": 391,"
                  + " \"param_scheduler\": [{\"type\": \"LinearLR\", \"start_factor\": 0.001,"
                  + " \"by_epoch\": false, \"begin\": 0, \"end\": 500}, {\"type\": \"MultiStepLR\","
                  + " \"milestones\": [80, 120], \"begin\": 0, \"end\": 160}]}",
              (fields, reader) -> read(fields)));

  private MmengineFormats() {}

  /**
   * One scheduler.
   *
   * @param unit iterations of one of its steps
   * @param scale by how many epochs are multiplied that become iterations
   */
  private record Scheduler(
      Fields fields, String type, long begin, long end, long unit, long scale) {

    long steps() {
      return (end - begin) / unit;
    }

    boolean endless() {
      return end == NEVER;
    }

    /** Its values from its begin on, where the rate is this before. */
    Schedule from(double value, double lr) {
      Schedule schedule = fields.make(() -> plain(value, lr));
      return unit == 1 ? schedule : schedule.perEpoch(Epochs.of(unit));
    }

    /** Whether each of its steps multiplies the rate, whatever it is, by a factor of its own. */
    boolean multiplies() {
      return switch (type) {
        case "StepLR", "MultiStepLR", "ExponentialLR" -> true;
        case "PolyLR", "CosineAnnealingLR" ->
            (!FrameworkFormat.given(fields, "eta_min") || fields.number("eta_min") == 0)
                && (!FrameworkFormat.given(fields, "eta_min_ratio")
                    || fields.number("eta_min_ratio") == 0);
        default -> false;
      };
    }

    private Schedule plain(double value, double lr) {
      return switch (type) {
        case "LinearLR" -> {
          double start = fields.number("start_factor", 1.0 / 3);
          if (start == 0) {
            throw FrameworkFormat.refused(
                fields,
                "start_factor",
                "mmengine divides by it at its second step; give one above 0");
          }
          yield new Linear(value * start, value * fields.number("end_factor", 1), needsEnd(2) - 1);
        }
        case "ConstantLR" -> {
          double factor = fields.number("factor", 1.0 / 3);
          if (factor == 0) {
            throw FrameworkFormat.refused(
                fields, "factor", "mmengine divides by it; give one above 0");
          }
          yield FrameworkFormat.then(
              new Constant(value * factor), needsEnd(2) - 1, new Constant(value));
        }
        case "StepLR" ->
            Exponential.from(value)
                .multipliedBy(fields.number("gamma", 0.1))
                .perEpoch(Epochs.of(scale * FrameworkFormat.count(fields, "step_size")));
        case "MultiStepLR" ->
            FrameworkFormat.steps(value, fields.number("gamma", 0.1), milestones());
        case "ExponentialLR" -> Exponential.from(value).multipliedBy(fields.number("gamma"));
        case "PolyLR" ->
            new Polynomial(
                value, fields.number("eta_min", 0), needsEnd(2) - 1, fields.number("power", 1));
        case "CosineAnnealingLR" -> cosine(value, lr);
        default ->
            throw FrameworkFormat.refused(
                fields,
                "type",
                "here may be LinearLR, ConstantLR, StepLR, MultiStepLR, ExponentialLR,"
                    + " CosineAnnealingLR or PolyLR");
      };
    }

    private List<Long> milestones() {
      List<Long> milestones =
          fields.integers("milestones").stream().sorted().map(m -> m * scale).toList();
      if (!milestones.isEmpty() && milestones.get(0) < 1) {
        throw FrameworkFormat.refused(
            fields, "milestones", "a milestone must be at least 1; lower 'lr' instead");
      }
      return milestones;
    }

    private Schedule cosine(double value, double lr) {
      double low =
          FrameworkFormat.given(fields, "eta_min_ratio")
              ? lr * fields.number("eta_min_ratio")
              : FrameworkFormat.given(fields, "eta_min") ? fields.number("eta_min") : 0;
      long half =
          FrameworkFormat.given(fields, "T_max")
              ? scale * FrameworkFormat.count(fields, "T_max")
              : needsEnd(1);
      if (value != lr && (endless() || half < steps() - 1)) {
        throw FrameworkFormat.refused(
            fields, "T_max", "a cosine that rises again can be read only from the full 'lr'");
      }
      return new CosineCycle(value, low, value, half, 2 * half).repeatedEvery(2 * half);
    }

    private long needsEnd(long least) {
      if (endless() || steps() < least) {
        throw new LocatedException(
            fields.path(),
            String.format(
                Locale.ROOT,
                "%s needs an 'end' at least %d after its 'begin'; mmengine's runner takes the length of the run where there is none",
                type,
                least));
      }
      return steps();
    }
  }

  private static Schedule read(Fields fields) {
    double lr = fields.number("lr");
    fields.has("epoch_length");
    if (fields.has("per_epoch")) {
      throw FrameworkFormat.refused(
          fields,
          "per_epoch",
          "mmengine's schedulers count epochs themselves: write 'epoch_length'");
    }
    List<JsonElement> list = fields.list("param_scheduler");
    List<Scheduler> schedulers = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String path = fields.path("param_scheduler") + "[" + i + "]";
      schedulers.add(scheduler(Fields.of(list.get(i), path, "an object with 'type'"), fields));
    }
    if (schedulers.isEmpty()) {
      return new Constant(lr);
    }
    schedulers.sort(Comparator.comparingLong(Scheduler::begin));
    Schedule schedule =
        overlap(schedulers) ? product(fields, schedulers, lr) : sequence(schedulers, lr);
    schedulers.forEach(scheduler -> scheduler.fields().refuseOthers());
    return schedule;
  }

  private static Scheduler scheduler(Fields fields, Fields all) {
    String type = fields.text("type");
    FrameworkFormat.only(fields, "last_step", "-1", "a run that resumes is part of a whole run");
    fields.has("verbose");
    boolean byEpoch = FrameworkFormat.flag(fields, "by_epoch", true);
    boolean convert = fields.flag("convert_to_iter_based");
    if (convert && !byEpoch) {
      throw FrameworkFormat.refused(fields, "convert_to_iter_based", "needs by_epoch true");
    }
    if (convert && type.equals("ExponentialLR")) {
      throw FrameworkFormat.refused(
          fields,
          "convert_to_iter_based",
          "mmengine then multiplies by gamma every iteration: write \"by_epoch\": false");
    }
    long epoch = byEpoch ? FrameworkFormat.count(all, "epoch_length") : 1;
    long begin = fields.integer("begin", 0);
    long end = fields.has("end") ? fields.integer("end") : -1;
    if (begin < 0 || (fields.has("end") && end <= begin)) {
      throw new LocatedException(
          fields.path(),
          String.format(
              Locale.ROOT, "'begin' must be at least 0 and 'end' above it: %d, %d", begin, end));
    }
    return new Scheduler(
        fields,
        type,
        begin * epoch,
        end < 0 ? NEVER : end * epoch,
        convert ? 1 : epoch,
        convert ? epoch : 1);
  }

  private static boolean overlap(List<Scheduler> schedulers) {
    long end = 0;
    for (Scheduler scheduler : schedulers) {
      if (scheduler.begin() < end) {
        return true;
      }
      end = scheduler.end();
    }
    return false;
  }

  /** Each from the rate that the one before leaves. */
  private static Schedule sequence(List<Scheduler> schedulers, double lr) {
    List<Phases.Phase> phases = new ArrayList<>();
    double value = lr;
    long start = 0;
    for (Scheduler scheduler : schedulers) {
      if (scheduler.begin() > start) {
        phases.add(new Phases.Phase(new Constant(value), scheduler.begin() - start));
      }
      Schedule schedule = scheduler.from(value, lr);
      if (scheduler.endless()) {
        phases.add(new Phases.Phase(schedule, Long.MAX_VALUE));
        return new Phases(phases);
      }
      long length = scheduler.end() - scheduler.begin();
      phases.add(new Phases.Phase(schedule, length));
      value = schedule.at(length - 1);
      start = scheduler.end();
    }
    phases.add(new Phases.Phase(new Constant(value), Long.MAX_VALUE));
    return new Phases(phases);
  }

  /** A line up to 1 from the first iteration on, and another that multiplies the rate. */
  private static Schedule product(Fields fields, List<Scheduler> schedulers, double lr) {
    String advice =
        "schedulers that overlap can be read where one is a LinearLR from begin 0 to end_factor 1 and"
            + " the other multiplies the rate, as a CosineAnnealingLR or PolyLR does with eta_min 0; write others"
            + " as phases";
    Scheduler line =
        schedulers.stream()
            .filter(each -> each.type().equals("LinearLR") && each.begin() == 0)
            .findFirst()
            .orElseThrow(() -> new LocatedException(fields.path("param_scheduler"), advice));
    List<Scheduler> others = schedulers.stream().filter(each -> each != line).toList();
    Scheduler other = others.get(0);
    if (others.size() != 1
        || !other.multiplies()
        || line.unit() != 1
        || line.fields().number("end_factor", 1) != 1) {
      throw new LocatedException(fields.path("param_scheduler"), advice);
    }
    Linear factors = (Linear) line.from(1, 1);
    return sequence(others, lr).warmedUp(factors.from(), factors.iterations());
  }
}
