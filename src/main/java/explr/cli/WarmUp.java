package explr.cli;

import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import picocli.CommandLine.Command;

/** Unpacks and loads the engines once, so that later starts take seconds and need no network. */
@Command(
    name = "warm-up",
    description = "Unpacks the training engines of this platform into their cache.")
final class WarmUp implements Runnable {
  @Override
  public void run() {
    for (EngineName engine : EngineName.values()) {
      if (engine.available()) {
        String version = new Backend(engine, "cpu", Precision.FLOAT32, 1).engineVersion();
        System.out.println(engine.displayName() + " " + version + " is ready");
      }
    }
  }
}
