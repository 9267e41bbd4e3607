package explr.benchmark;

/**
 * A variant that was not measured.
 *
 * @param variant that was left out
 * @param reason why, and what to do about it
 * @param failed whether it is installed and failed; otherwise something it needs is missing
 */
record LeftOut(Variant variant, String reason, boolean failed) {

  /** For people: whether it is installed, and the reason. */
  String describe() {
    return (failed ? "failed: " : "not installed: ") + reason;
  }
}
