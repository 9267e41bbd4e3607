package explr.notebook;

import java.util.function.Function;

/** The three things that are asked of a running kernel, whichever of the two it is. */
interface Frontend {

  /**
   * Shows every value of {@code type} as {@code look} says, wherever a cell displays or returns
   * one.
   */
  <T> void register(Class<T> type, Function<? super T, Bundle> look);

  /** Adds an output to the running cell, which {@link #update} can replace by its {@code id}. */
  void display(String id, Bundle bundle);

  /** Replaces the output that was displayed with this {@code id}. */
  void update(String id, Bundle bundle);
}
