package explr.format;

import com.google.gson.JsonElement;
import explr.schedule.Linear;
import explr.schedule.Phases;
import explr.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** PyTorch's SequentialLR and ChainedScheduler, which are made of other schedulers. */
final class TorchChains {

  private static final String ABSOLUTE =
      "it sets the rate instead of multiplying it, so that PyTorch's result depends on the order of"
          + " construction; write the schedules as phases";

  private TorchChains() {}

  static Schedule sequential(Fields fields, ScheduleReader reader) {
    TorchFormats.refuseResumed(fields);
    double lr = fields.number("lr");
    List<Long> milestones = fields.integers("milestones");
    List<Fields> children = children(fields);
    if (children.size() != milestones.size() + 1) {
      throw FrameworkFormat.refused(
          fields,
          "milestones",
          String.format(
              Locale.ROOT,
              "%d schedulers need %d milestones",
              children.size(),
              children.size() - 1));
    }
    List<Phases.Phase> phases = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < children.size(); i++) {
      Schedule schedule = child(lr, children.get(i));
      long length = i < milestones.size() ? milestones.get(i) - start : Long.MAX_VALUE;
      if (length < 1) {
        throw FrameworkFormat.refused(fields, "milestones", "must be at least 1 and ascend");
      }
      phases.add(new Phases.Phase(schedule, length));
      start += length;
    }
    return new Phases(phases);
  }

  static Schedule chained(Fields fields, ScheduleReader reader) {
    double lr = fields.number("lr");
    List<Fields> children = children(fields);
    if (children.size() != 2) {
      throw FrameworkFormat.refused(
          fields,
          "schedulers",
          "only a chain of two schedulers can be read; write others as phases");
    }
    int warmUp = isWarmUp(children.get(0)) ? 0 : 1;
    Fields first = children.get(warmUp);
    Fields other = children.get(1 - warmUp);
    if (!isWarmUp(first) || other.text("schedule").equals("torch.CosineAnnealingWarmRestarts")) {
      throw FrameworkFormat.refused(
          fields,
          "schedulers",
          "only a LinearLR or a ConstantLR with another scheduler that multiplies the rate can"
              + " be read; write other chains as phases");
    }
    Schedule schedule = child(lr, other);
    if (other.text("schedule").equals("torch.CosineAnnealingLR")) {
      FrameworkFormat.only(
          other, "eta_min", "0", "in a chain PyTorch's steps towards another depend on each other");
      long length = other.integer("T_max");
      schedule =
          reader.atMost(
              schedule,
              length + 1,
              "in a chain PyTorch's CosineAnnealingLR loses the other factor after T_max = "
                  + length);
    }
    return warmedUp(schedule, first);
  }

  private static boolean isWarmUp(Fields child) {
    return List.of("torch.LinearLR", "torch.ConstantLR").contains(child.text("schedule"));
  }

  private static Schedule warmedUp(Schedule schedule, Fields by) {
    Schedule factors = child(1, by);
    if (factors instanceof Linear line) {
      FrameworkFormat.only(by, "end_factor", "1", "write a chain with another as phases");
      return schedule.warmedUp(line.from(), line.iterations());
    }
    Phases phases = (Phases) factors;
    long length = phases.phases().get(0).iterations();
    return FrameworkFormat.then(
        schedule.times(phases.at(0)), length, FrameworkFormat.skip(schedule, length));
  }

  private static Schedule child(double lr, Fields fields) {
    String name = fields.text("schedule");
    if (!TorchFormats.shapes().contains(name)) {
      throw FrameworkFormat.refused(
          fields,
          "schedule",
          List.of("torch.OneCycleLR", "torch.CyclicLR").contains(name)
              ? ABSOLUTE
              : "this must be one of " + String.join(", ", TorchFormats.shapes()));
    }
    Schedule schedule = fields.make(() -> TorchFormats.shaped(name, lr, fields));
    fields.refuseOthers();
    return schedule;
  }

  private static List<Fields> children(Fields fields) {
    List<JsonElement> list = fields.list("schedulers");
    List<Fields> children = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      children.add(
          Fields.of(
              list.get(i), fields.path("schedulers") + "[" + i + "]", "an object with 'schedule'"));
    }
    return children;
  }
}
