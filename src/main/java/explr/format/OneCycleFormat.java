package explr.format;

import com.google.gson.JsonObject;
import explr.schedule.CosineCycle;
import explr.schedule.OneCycle;
import explr.schedule.Recipe;
import java.util.List;
import java.util.Optional;

/** {@link OneCycle}, which stands in a recipe for its rate and its momentum. */
final class OneCycleFormat {

  static final String NAME = "one_cycle";

  private static final Key<Double> PEAK = Key.value("peak", "the highest rate, ≥ 0");
  private static final Key<Long> OVER = Key.iterations("over", "the length, > `rise`");
  private static final Key<Double> RISE =
      Key.fractionOfIterations("rise", "up to the peak, > 0; may be a fraction")
          .fallingBackTo("0.3 `over`, rounded");
  private static final Key<Double> START =
      Key.value("start", "the rate at t = 0, ≥ 0").fallingBackTo("`peak` / 25");
  private static final Key<Double> END =
      Key.value("end", "the rate at t = `over`, ≥ 0").fallingBackTo("`peak` / 25e4");
  private static final Key<Double> HIGH_MOMENTUM =
      Key.value("high_momentum", "the momentum at both ends, in [0, 1)").fallingBackTo("0.95");
  private static final Key<Double> LOW_MOMENTUM =
      Key.value("low_momentum", "the momentum at the peak, in [0, 1)").fallingBackTo("0.85");

  private OneCycleFormat() {}

  static List<Key<?>> keys() {
    return List.of(PEAK, OVER, RISE, START, END, HIGH_MOMENTUM, LOW_MOMENTUM);
  }

  static OneCycle read(Fields fields) {
    OneCycle cycle =
        fields.make(
            () -> {
              OneCycle plain = OneCycle.peakingAt(PEAK.in(fields)).over(OVER.in(fields));
              return plain
                  .withEnds(START.in(fields, plain.start()), END.in(fields, plain.end()))
                  .withMomentum(
                      HIGH_MOMENTUM.in(fields, plain.highMomentum()),
                      LOW_MOMENTUM.in(fields, plain.lowMomentum()))
                  .withRise(RISE.in(fields, plain.rise()));
            });
    fields.refuseOthers();
    return cycle;
  }

  static JsonObject write(OneCycle cycle) {
    JsonObject json = new JsonObject();
    PEAK.put(json, cycle.peak());
    OVER.put(json, cycle.iterations());
    RISE.put(json, cycle.rise());
    START.put(json, cycle.start());
    END.put(json, cycle.end());
    HIGH_MOMENTUM.put(json, cycle.highMomentum());
    LOW_MOMENTUM.put(json, cycle.lowMomentum());
    return json;
  }

  /** The cycle that a recipe's rate and momentum are, if they are one. */
  static Optional<OneCycle> of(Recipe recipe) {
    if (recipe.learningRate() instanceof CosineCycle rate
        && recipe.momentum() instanceof CosineCycle momentum
        && momentum.from() < 1
        && momentum.peak() < 1) {
      OneCycle cycle =
          new OneCycle(
              rate.from(),
              rate.peak(),
              rate.to(),
              momentum.from(),
              momentum.peak(),
              rate.rise(),
              rate.iterations());
      if (cycle.momentum().equals(momentum)) {
        return Optional.of(cycle);
      }
    }
    return Optional.empty();
  }
}
