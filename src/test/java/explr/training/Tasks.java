package explr.training;

import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Network;
import explr.engine.NetworkTest;
import explr.engine.Precision;
import explr.network.Homogeneity;
import explr.network.Initialization;
import explr.network.PreResNet;

/** Small tasks on real images. */
public final class Tasks {

  private static final Dataset SAMPLE = EmbeddedSample.load().first(80, 40);

  private Tasks() {}

  /** PreResNet-8, batches of 8, ten of them an epoch. */
  public static Task small(EngineName engine, Precision precision) {
    return Task.of(PreResNet.depth(8), SAMPLE)
        .withBatchSize(8)
        .on(new Backend(engine, "cpu", precision, NetworkTest.THREADS));
  }

  /** In 64 bits with a negligible ε, where theorems hold to rounding. */
  public static Task exact(EngineName engine) {
    return small(engine, Precision.FLOAT64).withEpsilon(1e-20);
  }

  /** The task's learner on a network that a test has at hand. */
  static Learner learner(Task task, Network network) {
    Degrees degrees = Degrees.of(Homogeneity.of(task.architecture()));
    Initialization start = Initialization.of(network.layout(), task.seed());
    Update update = Update.of(task.optimizer(), network.layout());
    return new Learner(network, start, degrees, update, task.epsilon());
  }
}
