package explr.store;

/** The version of the computation that a run's bits come from. */
final class Numerics {

  /**
   * To be raised by every change, in any package, that alters a bit of what is trained or measured.
   * Runs of the version before stay in the store, and the new version trains its own. {@code
   * GoldenBitsTest} fails where bits changed and the version did not.
   */
  static final int VERSION = 1;

  private Numerics() {}
}
