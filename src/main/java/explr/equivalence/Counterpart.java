package explr.equivalence;

import explr.conversion.FollowingBuffers;
import explr.conversion.NesterovTwin;
import explr.conversion.TexpPlusPlus;
import explr.conversion.Twin;
import explr.network.Layout;
import explr.network.Tensor;
import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import explr.text.Numbers;
import explr.training.Degrees;
import explr.training.State;
import java.util.ArrayList;
import java.util.List;

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
    return of(name, twin, Correspondence.of(twin));
  }

  private static Counterpart of(String name, Rates rates, Correspondence correspondence) {
    return new Counterpart(name, rates, correspondence, null, false, false);
  }

  /**
   * The run without weight decay of any optimizer that has one, without corrections.
   *
   * @throws IllegalArgumentException if there is none; the message says why
   */
  public static Counterpart of(Optimizer optimizer, Rates recipe) {
    if (optimizer instanceof Optimizer.Momentum) {
      return of("TEXP++", TexpPlusPlus.of(recipe));
    }
    if (optimizer instanceof Optimizer.Nesterov) {
      NesterovTwin twin = NesterovTwin.of(recipe);
      return of("Nesterov's twin", twin, Correspondence.of(twin));
    }
    FollowingBuffers twin = FollowingBuffers.of(recipe, optimizer);
    return of("buffers following", twin, Correspondence.of(twin));
  }

  /** The same run with all weights multiplied by c: equivalent, but rounded differently. */
  public static Counterpart scaled(Optimizer optimizer, Rates original, double c) {
    return of(
        "scaled by " + (c == Math.E ? "e" : Numbers.literal(c, 4)),
        new Rescaled(original, optimizer, c),
        Correspondence.scaling(c));
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
   * @param bufferDegrees of the optimizer
   * @param exponent k: the state is kept at the scale 2^k
   */
  State equivalent(State original, Degrees certified, List<Integer> bufferDegrees, int exponent) {
    Degrees degrees = statistics == null ? certified : statistics;
    long t = original.iteration();
    double logScale = correspondence.logScale(t) + exponent * Math.log(2);
    double logBufferScale = correspondence.logBufferScale(t) + exponent * Math.log(2);
    double[] theta = original.weights();
    List<double[]> buffers = new ArrayList<>();
    for (int i = 0; i < bufferDegrees.size(); i++) {
      int degree = bufferDegrees.get(i);
      double offset = degree == -1 ? correspondence.bufferOffset(t) : 0;
      buffers.add(
          times(
              Math.exp(degree * logBufferScale),
              without(original.buffers().get(i), offset, theta)));
    }
    return new State(
        t,
        original.precision(),
        exponent,
        times(Math.exp(logScale), theta),
        buffers,
        times(original.means(), degrees.factors(logScale)),
        times(original.variances(), degrees.factors(2 * logScale)));
  }

  /** The state from which this run starts a step. */
  State start(
      State original, Degrees certified, List<Integer> bufferDegrees, int exponent, Layout layout) {
    State state = equivalent(original, certified, bufferDegrees, exponent);
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

  /** v − uθ. */
  private static double[] without(double[] buffer, double offset, double[] weights) {
    double[] difference = new double[buffer.length];
    for (int i = 0; i < buffer.length; i++) {
      difference[i] = buffer[i] - offset * weights[i];
    }
    return difference;
  }

  private static double[] times(double factor, double[] values) {
    double[] products = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      products[i] = factor * values[i];
    }
    return products;
  }

  private static double[] times(double[] values, double[] factors) {
    double[] products = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      products[i] = values[i] * factors[i];
    }
    return products;
  }
}
