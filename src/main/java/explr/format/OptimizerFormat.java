package explr.format;

import explr.optimizer.Optimizer;

/**
 * A name that a recipe may give its optimizer.
 *
 * @param name as in {@code AdamW} or {@code torch.optim.AdamW}
 * @param keys its keys as the reference shows them; those in parentheses may be omitted
 * @param meaning what it does, with the defaults of the keys, as Markdown
 * @param reading makes the optimizer
 */
record OptimizerFormat(String name, String keys, String meaning, Reading reading) {

  /** Fields → optimizer; it gives the fields their momentum. */
  @FunctionalInterface
  interface Reading {
    Optimizer read(OptimizerFields fields);
  }
}
