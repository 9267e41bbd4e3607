package explr.lesson;

import explr.engine.Backend;
import explr.engine.Rescaling;
import explr.network.Architecture;
import explr.network.Homogeneity;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Certificates of scale invariance as a table, and held against networks that have weights. */
public final class Certificates {

  private Certificates() {}

  /** One row a network: the degrees that occur in it, its certificate, and if it has none, why. */
  public static Table table(Architecture... networks) {
    List<Homogeneity> all = Stream.of(networks).map(Homogeneity::of).toList();
    return Table.create(
        "Certificates",
        StringColumn.create("network", Stream.of(networks).map(Architecture::name)),
        StringColumn.create("degrees", all.stream().map(Certificates::degrees)),
        StringColumn.create(
            "certified", all.stream().map(degrees -> degrees.scaleInvariant() ? "yes" : "no")),
        StringColumn.create("because", all.stream().map(Certificates::reason)));
  }

  /**
   * By how much the logits of each network change, relatively, when its weights are scaled: below
   * 1e-12 where it is certified, above 1e-3 where it is not.
   *
   * @param backend in 64 bits
   * @param factor on all trainable weights
   * @throws AssertionError if a certificate foretold otherwise
   */
  public static Table hold(Backend backend, double factor, Architecture... networks) {
    return Claim.table(
        Stream.of(networks).map(network -> claim(backend, factor, network)).toArray(Claim[]::new));
  }

  private static Claim claim(Backend backend, double factor, Architecture network) {
    Claim.About change = Claim.that(network.name(), Rescaling.change(network, backend, factor));
    return Homogeneity.of(network).scaleInvariant() ? change.isBelow(1e-12) : change.isAbove(1e-3);
  }

  private static String degrees(Homogeneity degrees) {
    return degrees.degrees().stream()
        .filter(OptionalInt::isPresent)
        .map(OptionalInt::getAsInt)
        .distinct()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private static String reason(Homogeneity degrees) {
    return degrees
        .flaw()
        .map(flaw -> flaw.node().name() + " " + flaw.reason())
        .orElse("the output has degree 0");
  }
}
