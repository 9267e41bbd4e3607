package explr.training;

import explr.network.Architecture;
import explr.network.Homogeneity;
import explr.network.Layer;
import explr.network.Node;
import explr.network.NormLayer;
import java.util.Arrays;
import java.util.List;

/**
 * The degrees of homogeneity of what a network normalises, which say how running statistics and ε
 * follow when all trainable weights are scaled.
 *
 * @param normalizations for each normalisation in topological order
 * @param statistics for each channel that has running statistics, as the layout places them
 */
public record Degrees(int[] normalizations, int[] statistics) {

  /**
   * Of an architecture that is certified scale invariant.
   *
   * @throws IllegalArgumentException with the certificate's verdict if it is not
   */
  public static Degrees of(Homogeneity certificate) {
    if (!certificate.scaleInvariant()) {
      throw new IllegalArgumentException(certificate.verdict());
    }
    return of(certificate.architecture(), certificate.normalizedDegrees());
  }

  /** As if what is normalised had these degrees, whether it has or not. */
  public static Degrees of(Architecture architecture, int[] normalizations) {
    List<Node> nodes = architecture.normalizations();
    int[] statistics = new int[0];
    for (int i = 0; i < nodes.size(); i++) {
      Layer.Normalization norm = (Layer.Normalization) nodes.get(i).layer();
      if (norm.layer().kind() == NormLayer.Kind.BATCH) {
        int from = statistics.length;
        statistics = Arrays.copyOf(statistics, from + norm.channels());
        Arrays.fill(statistics, from, statistics.length, normalizations[i]);
      }
    }
    return new Degrees(normalizations, statistics);
  }

  /** The largest of them; 0 if nothing is normalised. */
  public int largest() {
    return Arrays.stream(normalizations).max().orElse(0);
  }

  /** Whether all channels with statistics have the same degree. */
  boolean uniform() {
    return Arrays.stream(statistics).distinct().count() <= 1;
  }

  /** e^(d · logarithm) for each channel with statistics. */
  public double[] factors(double logarithm) {
    return Arrays.stream(statistics).mapToDouble(d -> Math.exp(d * logarithm)).toArray();
  }

  /** e^(d · logarithm) for the first channel with statistics; 1 if there is none. */
  double firstFactor(double logarithm) {
    return statistics.length == 0 ? 1 : Math.exp(statistics[0] * logarithm);
  }

  /** 2^(d · exponent) for each channel with statistics. */
  double[] powersOfTwo(int exponent) {
    return Arrays.stream(statistics).mapToDouble(d -> Math.scalb(1.0, d * exponent)).toArray();
  }
}
