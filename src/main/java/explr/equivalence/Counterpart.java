package explr.equivalence;

import explr.conversion.Twin;
import explr.network.Layout;
import explr.network.Tensor;
import explr.schedule.Rates;
import explr.text.Numbers;
import explr.training.Degrees;
import explr.training.State;

/**
 * A run that claims to be equivalent to another: its rates, and which of its states corresponds to
 * a state of the other.
 *
 * <p>Each method {@code with…} changes one thing, to show its effect or the cost of leaving it out.
 *
 * @param name as shown to a reader
 * @param rates what drives it
 * @param correspondence which states correspond
 * @param statistics degrees with which running statistics follow the weights; null for those of the
 *     network's certificate
 * @param epsilonFollows whether ε is multiplied by P^(2d) where the normalised input has degree d
 * @param bitFlipped whether each step starts with the last bit of a first-layer weight changed
 */
public record Counterpart(
    String name,
    Rates rates,
    Correspondence correspondence,
    Degrees statistics,
    boolean epsilonFollows,
    boolean bitFlipped) {

  /** The run without weight decay that a conversion produced. */
  public static Counterpart of(String name, Twin twin) {
    return new Counterpart(name, twin, Correspondence.of(twin), null, false, false);
  }

  /** The same run with all weights multiplied by c: equivalent, but rounded differently. */
  public static Counterpart scaled(Rates original, double c) {
    return new Counterpart(
        "scaled by " + (c == Math.E ? "e" : Numbers.literal(c, 4)),
        new Rescaled(original, c),
        Correspondence.scaling(c),
        null,
        false,
        false);
  }

  /** The same run with one last bit changed in the largest weight of the first layer. */
  public static Counterpart flipped(Rates original) {
    return new Counterpart(
        "one bit flipped", original, Correspondence.scaling(1), null, false, true);
  }

  /** This counterpart under another name. */
  public Counterpart named(String other) {
    return new Counterpart(other, rates, correspondence, statistics, epsilonFollows, bitFlipped);
  }

  /** This counterpart with other rates. */
  public Counterpart withRates(Rates others) {
    return new Counterpart(name, others, correspondence, statistics, epsilonFollows, bitFlipped);
  }

  /** This counterpart with the momentum buffer only scaled, u omitted. */
  public Counterpart withoutBufferOffset() {
    return new Counterpart(
        name, rates, correspondence.withoutBufferOffset(), statistics, epsilonFollows, bitFlipped);
  }

  /** This counterpart with running statistics of these degrees. */
  public Counterpart withStatistics(Degrees degrees) {
    return new Counterpart(name, rates, correspondence, degrees, epsilonFollows, bitFlipped);
  }

  /** This counterpart with ε following the weights, ε_t = ε P_t^(2d). */
  public Counterpart withEpsilonFollowing() {
    return new Counterpart(name, rates, correspondence, statistics, true, bitFlipped);
  }

  /**
   * The state of this run that corresponds to a state of the original.
   *
   * @param original not scaled by a range guard
   * @param certified the degrees of the network's certificate
   * @param exponent k: the state is kept at the scale 2^k
   */
  State equivalent(State original, Degrees certified, int exponent) {
    Degrees degrees = statistics == null ? certified : statistics;
    long t = original.iteration();
    double logScale = correspondence.logScale(t) + exponent * Math.log(2);
    double weights = Math.exp(logScale);
    double buffers = Math.exp(-correspondence.logBufferScale(t) - exponent * Math.log(2));
    double offset = correspondence.bufferOffset(t);
    double[] theta = original.weights();
    double[] v = original.buffer();
    double[] scaledTheta = new double[theta.length];
    double[] scaledV = new double[theta.length];
    for (int i = 0; i < theta.length; i++) {
      scaledTheta[i] = weights * theta[i];
      scaledV[i] = (v[i] - offset * theta[i]) * buffers;
    }
    return new State(
        t,
        original.precision(),
        exponent,
        scaledTheta,
        scaledV,
        times(original.means(), degrees.factors(logScale)),
        times(original.variances(), degrees.factors(2 * logScale)));
  }

  /** The state from which this run starts a step. */
  State start(State original, Degrees certified, int exponent, Layout layout) {
    State state = equivalent(original, certified, exponent);
    if (bitFlipped) {
      flipLastBit(state, layout);
    }
    return state;
  }

  /**
   * Changes the largest weight of the first layer to the next number that a product distinguishes:
   * a small weight's last bit would be lost in the first sum.
   */
  static void flipLastBit(State state, Layout layout) {
    Tensor first = layout.trainable().get(0);
    double[] weights = state.weights();
    int largest = first.offset();
    for (int i = first.offset(); i < first.end(); i++) {
      if (Math.abs(weights[i]) > Math.abs(weights[largest])) {
        largest = i;
      }
    }
    weights[largest] = state.precision().nextUp(weights[largest]);
  }

  /** ln P_t as far as ε follows it. */
  double logEpsilonScale(long iteration) {
    return epsilonFollows ? correspondence.logScale(iteration) : 0;
  }

  private static double[] times(double[] values, double[] factors) {
    double[] products = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      products[i] = values[i] * factors[i];
    }
    return products;
  }
}
