package explr.cli;

import explr.engine.Placement;
import picocli.CommandLine.Command;

/**
 * Lets the set-up check, before it downloads gigabytes, that these have kernels for a card here.
 */
@Command(
    name = "unserved-cards",
    hidden = true,
    description = "Prints why the GPU library has no kernels for any card here; else nothing.")
final class UnservedCards implements Runnable {
  @Override
  public void run() {
    Placement.unservedCards().ifPresent(System.out::println);
  }
}
