package explr.format;

import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.CosineCycle;
import explr.schedule.InverseTime;
import explr.schedule.Linear;
import explr.schedule.Phases;
import explr.schedule.Polynomial;
import explr.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The schedules of {@code transformers.optimization.get_scheduler} 5.23.0, by its names. */
final class TransformersFormats {

  private static final String STEPS = "lr, num_warmup_steps, num_training_steps";
  private static final String WARM_UP =
      "after a line from 0 to lr over num_warmup_steps, whose first step has the rate 0";

  static final List<FrameworkFormat> ALL =
      List.of(
          new FrameworkFormat(
              "transformers.constant",
              "lr",
              "`constant`",
              "{\"schedule\": \"transformers.constant\", \"lr\": 0.1}",
              (fields, reader) -> new Constant(fields.number("lr"))),
          new FrameworkFormat(
              "transformers.constant_with_warmup",
              "lr, num_warmup_steps",
              "`constant` " + WARM_UP,
              "{\"schedule\": \"transformers.constant_with_warmup\", \"lr\": 0.1,"
                  + " \"num_warmup_steps\": 100}",
              (fields, reader) -> warmed(fields, new Constant(fields.number("lr")))),
          new FrameworkFormat(
              "transformers.inverse_sqrt",
              "lr, num_warmup_steps, (timescale)",
              "`inverse_time` with `power` 0.5 and `every` timescale, which is num_warmup_steps, or"
                  + " 10000 without a warm-up, by default, "
                  + WARM_UP,
              "{\"schedule\": \"transformers.inverse_sqrt\", \"lr\": 0.1,"
                  + " \"num_warmup_steps\": 1000}",
              TransformersFormats::inverseSquareRoot),
          new FrameworkFormat(
              "transformers.linear",
              STEPS,
              "`linear` to 0 at num_training_steps, " + WARM_UP,
              example("linear", ""),
              (fields, reader) -> warmed(fields, new Linear(fields.number("lr"), 0, left(fields)))),
          new FrameworkFormat(
              "transformers.cosine",
              STEPS + ", (num_cycles)",
              "`cosine_cycle`, `repeated_every` (num_training_steps − num_warmup_steps) / num_cycles,"
                  + " "
                  + WARM_UP
                  + ". Beyond num_training_steps it rises",
              example("cosine", ""),
              TransformersFormats::cosine),
          new FrameworkFormat(
              "transformers.cosine_with_restarts",
              STEPS + ", (num_cycles)",
              "`phases` of num_cycles cosines, then 0, "
                  + WARM_UP
                  + ". Where the library's remainder rounds down at a restart, the cycle before is one"
                  + " step longer",
              example("cosine_with_restarts", ", \"num_cycles\": 3"),
              TransformersFormats::restarts),
          new FrameworkFormat(
              "transformers.polynomial",
              STEPS + ", (lr_end, power)",
              "`polynomial` to lr_end, 1e-7 by default, " + WARM_UP,
              example("polynomial", ", \"power\": 2"),
              (fields, reader) ->
                  warmed(
                      fields,
                      new Polynomial(
                          fields.number("lr"),
                          fields.number("lr_end", 1e-7),
                          left(fields),
                          fields.number("power", 1)))));

  private TransformersFormats() {}

  private static String example(String name, String more) {
    return String.format(
        Locale.ROOT,
        "{\"schedule\": \"transformers.%s\", \"lr\": 0.1, \"num_warmup_steps\": 100, \"num_training_steps\": 1000%s}",
        name,
        more);
  }

  private static long warmUp(Fields fields) {
    return fields.integer("num_warmup_steps");
  }

  /** The steps after the warm-up. */
  private static long left(Fields fields) {
    long left = fields.integer("num_training_steps") - warmUp(fields);
    if (left < 1) {
      throw FrameworkFormat.refused(
          fields, "num_training_steps", "must exceed num_warmup_steps = " + warmUp(fields));
    }
    return left;
  }

  private static Schedule warmed(Fields fields, Schedule schedule) {
    return FrameworkFormat.after(0, fields.number("lr"), warmUp(fields), schedule);
  }

  private static Schedule inverseSquareRoot(Fields fields, ScheduleReader reader) {
    long warmUp = warmUp(fields);
    long usual = warmUp == 0 ? 10_000 : warmUp;
    long scale =
        FrameworkFormat.given(fields, "timescale")
            ? FrameworkFormat.count(fields, "timescale")
            : usual;
    return warmed(fields, new InverseTime(fields.number("lr"), 1, scale, 0.5));
  }

  private static Schedule cosine(Fields fields, ScheduleReader reader) {
    double lr = fields.number("lr");
    double cycles = fields.number("num_cycles", 0.5);
    double period = left(fields) / cycles;
    if (!(period >= 1 && period == Math.rint(period))) {
      throw FrameworkFormat.refused(
          fields,
          "num_cycles",
          String.format(
              Locale.ROOT,
              "%d steps after the warm-up over it must be a whole number; log the rates and read them as a table",
              left(fields)));
    }
    return warmed(
        fields, new CosineCycle(lr, 0, lr, period / 2, (long) period).repeatedEvery((long) period));
  }

  private static Schedule restarts(Fields fields, ScheduleReader reader) {
    double lr = fields.number("lr");
    long cycles = FrameworkFormat.count(fields, "num_cycles", 1);
    long left = left(fields);
    if (left % cycles != 0 || cycles > 1000) {
      throw FrameworkFormat.refused(
          fields,
          "num_cycles",
          String.format(
              Locale.ROOT,
              "must be at most 1000 and divide the %d steps after the warm-up; log the rates and read them as a table",
              left));
    }
    long length = left / cycles;
    List<Phases.Phase> phases = new ArrayList<>();
    long late = 0;
    for (long k = 1; k <= cycles; k++) {
      double turns = (double) cycles * ((double) (k * length) / left);
      long endsLate = k < cycles && turns < k ? 1 : 0;
      Schedule cycle = FrameworkFormat.skip(new Cosine(lr, 0, length), late);
      phases.add(new Phases.Phase(cycle, length - late + endsLate));
      late = endsLate;
    }
    phases.add(new Phases.Phase(new Constant(0), Long.MAX_VALUE));
    return warmed(fields, new Phases(phases));
  }
}
