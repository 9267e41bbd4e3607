package explr.format;

import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.CosineCycle;
import explr.schedule.CosineRestarts;
import explr.schedule.Epochs;
import explr.schedule.Exponential;
import explr.schedule.Linear;
import explr.schedule.Polynomial;
import explr.schedule.Schedule;
import explr.schedule.Triangular;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The schedulers of {@code torch.optim.lr_scheduler} 2.7.1, stepped without an argument. */
final class TorchFormats {

  /** Makes the schedule of a scheduler whose optimizer was made with a rate. */
  @FunctionalInterface
  private interface Shape {
    Schedule of(double lr, Fields fields);
  }

  /** Those that also stand in a SequentialLR or a ChainedScheduler. */
  private static final Map<String, Shape> SHAPES =
      Map.of(
          "torch.StepLR", TorchFormats::step,
          "torch.MultiStepLR", TorchFormats::multiStep,
          "torch.ConstantLR", TorchFormats::constant,
          "torch.LinearLR", TorchFormats::linear,
          "torch.ExponentialLR", TorchFormats::exponential,
          "torch.PolynomialLR", TorchFormats::polynomial,
          "torch.CosineAnnealingLR", TorchFormats::cosine,
          "torch.CosineAnnealingWarmRestarts", TorchFormats::warmRestarts);

  static final List<FrameworkFormat> ALL =
      List.of(
          single(
              "torch.StepLR",
              "lr, step_size, (gamma)",
              "`exponential` with `multiplied_by` gamma and `per_epoch` step_size",
              "\"step_size\": 30"),
          single(
              "torch.MultiStepLR",
              "lr, milestones, (gamma)",
              "`step_decay`; a milestone is the first step with the new rate; a repeated one counts"
                  + " twice",
              "\"milestones\": [30, 80]"),
          single(
              "torch.ConstantLR",
              "lr, (factor, total_iters)",
              "`phases`: the constant lr · factor at steps 0 … total_iters − 1, then lr",
              "\"factor\": 0.5, \"total_iters\": 4"),
          single(
              "torch.LinearLR",
              "lr, (start_factor, end_factor, total_iters)",
              "`linear`; lr · end_factor is reached at step total_iters, and kept",
              "\"start_factor\": 0.01, \"total_iters\": 500"),
          single("torch.ExponentialLR", "lr, gamma", "`exponential`", "\"gamma\": 0.95"),
          single(
              "torch.PolynomialLR",
              "lr, (total_iters, power)",
              "`polynomial`; 0 from step total_iters on",
              "\"total_iters\": 100, \"power\": 2"),
          single(
              "torch.CosineAnnealingLR",
              "lr, T_max, (eta_min)",
              "`cosine_cycle` that falls to eta_min at step T_max, rises to lr at 2 T_max, and is"
                  + " `repeated_every` 2 T_max: after T_max the rate grows",
              "\"T_max\": 200, \"eta_min\": 0.001"),
          single(
              "torch.CosineAnnealingWarmRestarts",
              "lr, T_0, (T_mult, eta_min)",
              "`cosine_restarts`; the step of a restart has the full lr, eta_min is never reached",
              "\"T_0\": 10, \"T_mult\": 2"),
          new FrameworkFormat(
              "torch.OneCycleLR",
              "max_lr, total_steps or epochs and steps_per_epoch, (pct_start, three_phase, div_factor,"
                  + " final_div_factor, cycle_momentum, base_momentum, max_momentum)",
              "`cosine_cycle` with `rise` pct_start · total_steps − 1, which may be a fraction, and"
                  + " `over` total_steps − 1: the last step has the lowest rate. With"
                  + " three_phase `phases`: a `cosine_cycle` back to the first rate, then a `cosine`. With cycle_momentum,"
                  + " the default, it gives the momentum too. A longer run is refused, as in PyTorch",
              "{\"schedule\": \"torch.OneCycleLR\", \"max_lr\": 0.1, \"total_steps\": 1000,"
                  + " \"cycle_momentum\": false}",
              TorchFormats::oneCycle),
          new FrameworkFormat(
              "torch.CyclicLR",
              "base_lr, max_lr, (step_size_up, step_size_down, cycle_momentum, base_momentum,"
                  + " max_momentum)",
              "`triangular` and `repeated_every`, mode triangular. With cycle_momentum, the default,"
                  + " it gives the momentum too",
              "{\"schedule\": \"torch.CyclicLR\", \"base_lr\": 0.001, \"max_lr\": 0.1,"
                  + " \"cycle_momentum\": false}",
              TorchFormats::cyclic),
          new FrameworkFormat(
              "torch.SequentialLR",
              "lr, schedulers, milestones",
              "`phases`; a milestone is the first step of the next scheduler, which starts from the"
                  + " optimizer's lr at its own step 0",
              "{\"schedule\": \"torch.SequentialLR\", \"lr\": 0.1, \"schedulers\": [{\"schedule\":"
                  + " \"torch.LinearLR\", \"start_factor\": 0.01, \"total_iters\": 5}, {\"schedule\":"
                  + " \"torch.CosineAnnealingLR\", \"T_max\": 95}], \"milestones\": [5],"
                  + " \"per_epoch\": 391}",
              TorchChains::sequential),
          new FrameworkFormat(
              "torch.ChainedScheduler",
              "lr, schedulers",
              "a LinearLR up to 1 and another: `warmed_up`; a ConstantLR and another: `phases` of the"
                  + " schedule `times` factor and the schedule after a skip. Another chain is refused,"
                  + " and one with a cosine for a run longer than T_max + 1",
              "{\"schedule\": \"torch.ChainedScheduler\", \"lr\": 0.1, \"schedulers\": [{\"schedule\":"
                  + " \"torch.LinearLR\", \"start_factor\": 0.1, \"total_iters\": 5}, {\"schedule\":"
                  + " \"torch.ExponentialLR\", \"gamma\": 0.9}]}",
              TorchChains::chained));

  private TorchFormats() {}

  /** Whether training scripts step this scheduler after each epoch as often as each iteration. */
  static boolean steppedByEpoch(String name) {
    return SHAPES.containsKey(name)
        || List.of("torch.SequentialLR", "torch.ChainedScheduler").contains(name);
  }

  private static FrameworkFormat single(
      String name, String arguments, String ours, String example) {
    return new FrameworkFormat(
        name,
        arguments,
        ours,
        String.format(Locale.ROOT, "{\"schedule\": \"%s\", \"lr\": 0.1, %s}", name, example),
        (fields, reader) -> shaped(name, fields.number("lr"), fields));
  }

  static void refuseResumed(Fields fields) {
    FrameworkFormat.only(fields, "last_epoch", "-1", "a run that resumes is part of a whole run");
  }

  /** The names of schedulers that a SequentialLR or a ChainedScheduler may contain. */
  static List<String> shapes() {
    return SHAPES.keySet().stream().sorted().toList();
  }

  /** One of these schedulers, for an optimizer built with the rate {@code lr}. */
  static Schedule shaped(String name, double lr, Fields fields) {
    refuseResumed(fields);
    return SHAPES.get(name).of(lr, fields);
  }

  private static Schedule step(double lr, Fields fields) {
    return Exponential.from(lr)
        .multipliedBy(fields.number("gamma", 0.1))
        .perEpoch(Epochs.of(FrameworkFormat.count(fields, "step_size")));
  }

  private static Schedule multiStep(double lr, Fields fields) {
    List<Long> milestones = fields.integers("milestones").stream().sorted().toList();
    if (!milestones.isEmpty() && milestones.get(0) < 1) {
      throw FrameworkFormat.refused(
          fields, "milestones", "a milestone must be at least 1; lower 'lr' instead");
    }
    return FrameworkFormat.steps(lr, fields.number("gamma", 0.1), milestones);
  }

  private static Schedule constant(double lr, Fields fields) {
    double factor = fields.number("factor", 1.0 / 3);
    if (factor == 0) {
      throw FrameworkFormat.refused(
          fields, "factor", "PyTorch divides by it at step total_iters; give one above 0");
    }
    long length = FrameworkFormat.count(fields, "total_iters", 5);
    return FrameworkFormat.then(new Constant(lr * factor), length, new Constant(lr));
  }

  private static Schedule linear(double lr, Fields fields) {
    return new Linear(
        lr * fields.number("start_factor", 1.0 / 3),
        lr * fields.number("end_factor", 1),
        FrameworkFormat.count(fields, "total_iters", 5));
  }

  private static Schedule exponential(double lr, Fields fields) {
    return Exponential.from(lr).multipliedBy(fields.number("gamma"));
  }

  private static Schedule polynomial(double lr, Fields fields) {
    long length = FrameworkFormat.count(fields, "total_iters", 5);
    return new Polynomial(lr, 0, length, fields.number("power", 1));
  }

  private static Schedule cosine(double lr, Fields fields) {
    long length = FrameworkFormat.count(fields, "T_max");
    return new CosineCycle(
            lr, fields.number("eta_min", 0), lr, length, Math.multiplyExact(2, length))
        .repeatedEvery(2 * length);
  }

  private static Schedule warmRestarts(double lr, Fields fields) {
    return new CosineRestarts(
        lr,
        fields.number("eta_min", 0),
        FrameworkFormat.count(fields, "T_0"),
        FrameworkFormat.count(fields, "T_mult", 1),
        1);
  }

  private static Schedule oneCycle(Fields fields, ScheduleReader reader) {
    refuseResumed(fields);
    FrameworkFormat.only(
        fields, "anneal_strategy", "\"cos\"", "write the lines of \"linear\" as phases");
    long steps =
        FrameworkFormat.given(fields, "total_steps")
            ? FrameworkFormat.count(fields, "total_steps")
            : Math.multiplyExact(
                FrameworkFormat.count(fields, "epochs"),
                FrameworkFormat.count(fields, "steps_per_epoch"));
    double rise = fields.number("pct_start", 0.3) * steps - 1;
    if (!(rise > 0 && rise < steps - 1)) {
      throw new LocatedException(
          fields.path(),
          String.format(
              Locale.ROOT,
              "the peak is at step pct_start · total_steps − 1 = %s, which must lie between 0 and %d",
              rise,
              steps - 1));
    }
    double peak = fields.number("max_lr");
    double start = peak / fields.number("div_factor", 25);
    double end = start / fields.number("final_div_factor", 1e4);
    double high = fields.number("max_momentum", 0.95);
    double low = fields.number("base_momentum", 0.85);
    boolean symmetric = FrameworkFormat.flag(fields, "three_phase", false);
    long back = symmetric ? backAtStart(fields, rise, steps) : steps - 1;
    if (FrameworkFormat.flag(fields, "cycle_momentum", true)) {
      CosineCycle cycle = new CosineCycle(high, low, high, rise, back);
      reader.giveMomentum(
          fields, symmetric ? FrameworkFormat.then(cycle, back, new Constant(high)) : cycle);
    }
    return reader.atMost(
        symmetric
            ? FrameworkFormat.then(
                new CosineCycle(start, peak, start, rise, back),
                back,
                new Cosine(start, end, steps - 1 - back))
            : new CosineCycle(start, peak, end, rise, back),
        steps,
        String.format(
            Locale.ROOT, "PyTorch's OneCycleLR ends after total_steps = %d steps", steps));
  }

  /** The step at which the rate of three phases is back at its first value. */
  private static long backAtStart(Fields fields, double rise, long steps) {
    long back = Math.round(2 * rise);
    if (Math.abs(2 * rise - back) > 1e-9 || back >= steps - 1) {
      throw FrameworkFormat.refused(
          fields,
          "three_phase",
          String.format(
              Locale.ROOT,
              "the rate is back at its first value at step 2 · pct_start · total_steps − 2 = %s, which"
                  + " must be a whole number below %d",
              2 * rise,
              steps - 1));
    }
    return back;
  }

  private static Schedule cyclic(Fields fields, ScheduleReader reader) {
    refuseResumed(fields);
    FrameworkFormat.only(
        fields,
        "mode",
        "\"triangular\"",
        "log the rates of another mode, and read them as a table");
    FrameworkFormat.only(fields, "gamma", "1", "it belongs to the mode exp_range");
    FrameworkFormat.only(fields, "scale_fn", "null", "log the rates and read them as a table");
    long up = FrameworkFormat.count(fields, "step_size_up", 2000);
    long down =
        FrameworkFormat.given(fields, "step_size_down")
            ? FrameworkFormat.count(fields, "step_size_down")
            : up;
    double low = fields.number("base_momentum", 0.8);
    double high = fields.number("max_momentum", 0.9);
    if (FrameworkFormat.flag(fields, "cycle_momentum", true)) {
      reader.giveMomentum(fields, new Triangular(high, low, up, down).repeatedEvery(up + down));
    }
    return new Triangular(fields.number("base_lr"), fields.number("max_lr"), up, down)
        .repeatedEvery(up + down);
  }
}
