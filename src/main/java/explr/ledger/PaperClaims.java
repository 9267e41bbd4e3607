package explr.ledger;

import java.util.List;
import java.util.stream.Stream;

/**
 * The claims of the paper's figures, captions and text on experiments, in its order.
 *
 * <p>They are part of the source so that its history shows that statement, measure and threshold
 * were there before the runs.
 */
public final class PaperClaims {

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
        .toList();
  }
}
