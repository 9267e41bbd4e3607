package explr.ledger;

import explr.experiment.Curve;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A number that decides a claim: a pure function of the tables of one seed and their profile. */
public sealed interface Measure {

  /** The number for one seed, with what is known of its error from inside the runs. */
  Estimate of(Trial trial);

  /** The curves whose tables it needs. */
  Set<Curve> curves();

  /** In words, made of the same parts as the number. */
  String words();

  /** The mean of a quantity over a span of one curve. */
  record Level(Curve curve, Quantity quantity, Span span) implements Measure {
    @Override
    public Estimate of(Trial trial) {
      return estimate(quantity, trial.values(curve, quantity, span))
          .with(quantity.betweenRuns(trial.profile()));
    }

    @Override
    public Set<Curve> curves() {
      return Set.of(curve);
    }

    @Override
    public String words() {
      return "%s of %s, mean over %s".formatted(quantity, curve.called(), span.words());
    }
  }

  /** The mean of the differences of two curves, period by period. */
  record Difference(Curve curve, Curve other, Quantity quantity, Span span) implements Measure {
    @Override
    public Estimate of(Trial trial) {
      return estimate(quantity, differences(trial, curve, other, quantity, span))
          .with(quantity.betweenRuns(trial.profile()));
    }

    @Override
    public Set<Curve> curves() {
      return Set.of(curve, other);
    }

    @Override
    public String words() {
      return "%s of %s less that of %s, mean over %s"
          .formatted(quantity, curve.called(), other.called(), span.words());
    }
  }

  /**
   * The mean of the sizes of the differences of two curves, which do not cancel. They change from
   * period to period as the two schedules have it, so that their fluctuation says nothing about the
   * error; only the allowance for chance between runs counts.
   */
  record Distance(Curve curve, Curve other, Quantity quantity, Span span) implements Measure {
    @Override
    public Estimate of(Trial trial) {
      double[] differences = differences(trial, curve, other, quantity, span);
      double mean = DoubleStream.of(differences).map(Math::abs).average().orElse(Double.NaN);
      return Estimate.exact(mean).with(quantity.betweenRuns(trial.profile()));
    }

    @Override
    public Set<Curve> curves() {
      return Set.of(curve, other);
    }

    @Override
    public String words() {
      return "%s of %s less that of %s, size of the difference, mean over %s"
          .formatted(quantity, curve.called(), other.called(), span.words());
    }
  }

  /**
   * How much the mean of a quantity changes from one span of a curve to another: inside one run,
   * which chance between runs moves as a whole.
   */
  record Change(Curve curve, Quantity quantity, Span from, Span to) implements Measure {

    @Override
    public Estimate of(Trial trial) {
      double[] before = trial.values(curve, quantity, from);
      double[] after = trial.values(curve, quantity, to);
      Estimate first = estimate(quantity, before);
      Estimate second = estimate(quantity, after);
      if (first.known() == second.known()) {
        return second.minus(first);
      }
      return first.known()
          ? difference(second.value() - first.value(), first, before.length, after.length)
          : difference(second.value() - first.value(), second, after.length, before.length);
    }

    /** A span too short to show how much it fluctuates is taken to do so as the other does. */
    private static Estimate difference(double value, Estimate known, int many, int few) {
      double error = known.standardError() * Math.sqrt(1 + (double) many / few);
      return new Estimate(value, error, known.degreesOfFreedom());
    }

    @Override
    public Set<Curve> curves() {
      return Set.of(curve);
    }

    @Override
    public String words() {
      return "%s of %s, mean over %s less that over %s"
          .formatted(quantity, curve.called(), to.words(), from.words());
    }
  }

  /** No figure has the runs that could tell. */
  record None(String missing) implements Measure {
    @Override
    public Estimate of(Trial trial) {
      return new Estimate(Double.NaN, Double.NaN, 1);
    }

    @Override
    public Set<Curve> curves() {
      return Set.of();
    }

    @Override
    public String words() {
      return "none: " + missing;
    }
  }

  private static Estimate estimate(Quantity quantity, double[] values) {
    return quantity.exact() ? Estimate.exact(Estimate.mean(values)) : Estimate.ofSeries(values);
  }

  private static double[] differences(
      Trial trial, Curve curve, Curve other, Quantity quantity, Span span) {
    double[] a = trial.values(curve, quantity, span);
    double[] b = trial.values(other, quantity, span);
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }
}
