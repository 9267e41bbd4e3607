package explr.benchmark;

/**
 * A variant that was not measured.
 *
 * @param variant that was not
 * @param reason why not, and what to do about it
 * @param failed whether it is installed and did not work
 */
record LeftOut(Variant variant, String reason, boolean failed) {}
