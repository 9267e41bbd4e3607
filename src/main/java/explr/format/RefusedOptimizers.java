package explr.format;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Optimizers that have no conversion, with the reason and what comes closest. */
final class RefusedOptimizers {

  /**
   * Optimizers with the same reason.
   *
   * @param names in lower case, letters and digits alone
   */
  private record Kind(Set<String> names, String reason) {}

  private static final String SQUARES =
      "its weight decay is part of the gradient, and the squares of the gradient then hold products of"
          + " gradient and weights, which no rate replaces; ";

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              Set.of("nadam", "radam", "adamax", "adabelief", "adagrad", "adadelta", "adamp"),
              SQUARES + "\"AdamW\" comes closest"),
          new Kind(
              Set.of("rmsprop", "rmsproptf"),
              SQUARES + "\"AdamW\" with betas [0, alpha] comes closest"),
          new Kind(
              Set.of("lars", "nlars", "larc", "nlarc"),
              "its step is scaled by the norms of the weights and of a direction that holds the decay;"
                  + " \"SGDW\" comes closest"),
          new Kind(
              Set.of("lamb", "lambc", "lambw", "fusedlamb", "novograd", "fusednovograd"),
              "its step is scaled by the norms of the weights or gradients of each layer;"
                  + " \"AdamW\" comes closest"),
          new Kind(
              Set.of("adafactor", "adafactorbv"),
              "its step is scaled by the size of the weights and clipped; \"AdamW\" comes closest"),
          new Kind(
              Set.of("amsgrad"),
              "it keeps the maximum of the squares, which is not implemented here; \"AdamW\" comes closest"),
          new Kind(
              Set.of("nadamw", "radamw", "adamuon", "nadamuon", "adan", "adanw", "adopt", "adoptw"),
              "it is not implemented here; \"AdamW\" comes closest"),
          new Kind(
              Set.of("shampoo", "soap", "sophia", "kron", "mars", "madgrad"),
              "its preconditioner is not implemented here; \"AdamW\" or \"Muon\" comes closest"),
          new Kind(
              Set.of("sgdp", "asgd"),
              "its step is not that of momentum SGD; \"SGD\" comes closest"));

  private RefusedOptimizers() {}

  /**
   * Why an optimizer has no conversion; empty where it is unknown.
   *
   * @param name without its framework, in lower case, letters and digits alone
   */
  static Optional<String> reason(String name) {
    return KINDS.stream().filter(kind -> kind.names().contains(name)).map(Kind::reason).findFirst();
  }
}
