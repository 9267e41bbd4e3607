package explr.cli;

import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Unpacks and loads the engines once, so that later starts take seconds and need no network. */
@Command(
    name = "warm-up",
    description = "Unpacks the training engines of this platform into their cache.")
final class WarmUp implements Runnable {

  @Parameters(arity = "0..*", description = "Which engines; all by default.")
  private List<EngineName> engines = List.of(EngineName.values());

  @Override
  public void run() {
    for (EngineName engine : engines) {
      if (engine.available()) {
        String version = new Backend(engine, "cpu", Precision.FLOAT32, 1).engineVersion();
        System.out.println(engine.displayName() + " " + version + " is ready");
      }
    }
  }
}
