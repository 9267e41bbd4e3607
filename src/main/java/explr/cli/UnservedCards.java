package explr.cli;

import explr.engine.Placement;
import picocli.CommandLine.Command;

/** What the set-up asks before it downloads gigabytes for a card that they have no kernels for. */
@Command(
    name = "unserved-cards",
    hidden = true,
    description = "Prints why the GPU library has kernels for no card here; nothing where it has.")
final class UnservedCards implements Runnable {
  @Override
  public void run() {
    Placement.unservedCards().ifPresent(System.out::println);
  }
}
