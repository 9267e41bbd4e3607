package explr.ledger;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The claims of the paper's figures, captions and text on experiments, in its order.
 *
 * <p>They are part of the source so that its history shows that statement, measure and threshold
 * were there before the runs. The others are {@link PaperClaim#amended}.
 */
public final class PaperClaims {

  /** Rows that were added or measured otherwise after the runs of 2026-11-22 had been seen. */
  private static final Set<String> AMENDED =
      Set.of(
          "1.rate",
          "1.norm",
          "2.accuracy-2",
          "2.angle-ends-small-step-decay",
          "2.angle-ends-small-texp",
          "2.accuracy-jumps-3-step-decay",
          "2.accuracy-jumps-3-texp",
          "4.helps-briefly-2",
          "4.helps-briefly-3",
          "5.another-trajectory",
          "text.correction-cosine",
          "text.affine-range");

  private PaperClaims() {}

  /** All of them; the claims that no figure's runs decide come last. */
  public static List<PaperClaim> all() {
    return Stream.of(
            EquivalenceClaims.figure1(),
            DynamicsClaims.figure1(),
            NumberClaims.figure1(),
            EquivalenceClaims.figure2(),
            DynamicsClaims.figure2(),
            NumberClaims.figure2(),
            DynamicsClaims.figure3(),
            DynamicsClaims.figure4(),
            EquivalenceClaims.figure5(),
            DynamicsClaims.figure5(),
            EquivalenceClaims.figure6(),
            NumberClaims.text())
        .flatMap(List::stream)
        .map(claim -> claim.amended(AMENDED.contains(claim.id())))
        .toList();
  }
}
