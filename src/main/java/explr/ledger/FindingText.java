package explr.ledger;

/** Parts of a finding for people to read. */
final class FindingText {

  private FindingText() {}

  /** The claim, marked † if it was amended after runs had been seen. */
  static String statement(Finding finding) {
    PaperClaim claim = finding.claim();
    return claim.statement() + (claim.amended() ? " †" : "");
  }

  /** {@code −0.42 ± 0.31 points (3 seeds)}; empty if no run is done. */
  static String value(Finding finding) {
    int seeds = finding.bySeed().size();
    if (seeds == 0 || !Double.isFinite(finding.mean().value())) {
      return "";
    }
    Unit unit = finding.claim().threshold().unit();
    String spread = seeds < 2 ? "" : " ± " + unit.number(finding.spread());
    return "%s%s%s (%d %s)"
        .formatted(
            unit.number(finding.mean().value()),
            spread,
            unit.suffix(),
            seeds,
            seeds == 1 ? "seed" : "seeds");
  }

  /** {@code −0.9 to 0.1 points}; empty if there is none. */
  static String interval(Finding finding) {
    if (!finding.mean().known()) {
      return "";
    }
    Unit unit = finding.claim().threshold().unit();
    return "%s to %s%s"
        .formatted(
            unit.number(finding.mean().low()), unit.number(finding.mean().high()), unit.suffix());
  }

  /** The verdict, with the reason where there is one. */
  static String verdict(Finding finding) {
    return finding.decision() + (finding.because().isEmpty() ? "" : ": " + finding.because());
  }
}
