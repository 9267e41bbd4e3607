package explr.store;

/** The version of the computation that a run's bits come from. */
final class Numerics {

  /**
   * To be raised by every change that alters a bit of what is trained or measured, in any package;
   * runs in a store are then trained anew, and what is there is left alone.
   */
  static final int VERSION = 1;

  private Numerics() {}
}
