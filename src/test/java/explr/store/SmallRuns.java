package explr.store;

import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.network.Architecture;
import explr.network.Node;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import explr.training.StepCounter;
import explr.training.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Runs of a network with a hundred weights: milliseconds a step, kilobytes a state. An epoch is a
 * period of 4 iterations.
 */
final class SmallRuns {

  /** Of 5 periods. */
  static final Rates CONSTANT = Recipe.of(0.1, 5e-3, 0.9, 20);

  /** Parts from the constant rate after 3 periods. */
  static final Rates DIVIDED =
      Recipe.of(StepDecay.from(0.1).dividedBy(10).after(12), 5e-3, 0.9, 20);

  static final Task TASK = task();

  private SmallRuns() {}

  static Architecture net() {
    Architecture.Builder net = Architecture.builder("small");
    Node x = net.maxPool(net.input(3, 32, 32), 8);
    x = net.relu(net.batchNormalization("norm", net.convolution("conv", x, 4, 3, 1)));
    net.fixedLinear("classifier", net.globalAveragePool(x), 10);
    return net.build();
  }

  private static Task task() {
    return Task.of(net(), EmbeddedSample.load().first(64, 10))
        .withBatchSize(16)
        .on(new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 1));
  }

  static ResumableRun run(Store store, Task task, Rates rates, String curve) {
    Lineage lineage = Lineage.of(task, rates);
    Lineage constant = Lineage.of(task, CONSTANT);
    return new ResumableRun(
        store,
        lineage,
        Set.of(constant.at(3), lineage.at(lineage.length())),
        Duration.ZERO,
        Optional.of("0123456789abcdef0123456789abcdef01234567"),
        Optional.of(new Label("small", curve, "the " + curve + " rate", task.seed())));
  }

  static ResumableRun constant(Store store) {
    return run(store, TASK, CONSTANT, "constant");
  }

  static ResumableRun divided(Store store) {
    return run(store, TASK, DIVIDED, "divided");
  }

  static ResumableRun other(Store store) {
    return run(store, TASK.withSeed(1), CONSTANT, "constant");
  }

  /** A store with a whole run, and one that stopped in its fifth period; both with steps. */
  static Store wholeAndStopped(Path folder) throws IOException, InterruptedException {
    Store store = new Store(folder);
    train(constant(store), true);
    stopAt(divided(store), true, 18);
    return store;
  }

  static StepCounter train(ResumableRun run, boolean steps)
      throws IOException, InterruptedException {
    StepCounter counter = new StepCounter(-1);
    run.train(run.lineage().length(), steps, counter);
    return counter;
  }

  /** Trains until an iteration, and stops there as a signal does. */
  static StepCounter stopAt(ResumableRun run, boolean steps, long iteration) throws IOException {
    StepCounter counter = new StepCounter(iteration);
    try {
      run.train(run.lineage().length(), steps, counter);
    } catch (InterruptedException stopped) {
      return counter;
    }
    throw new AssertionError("it did not stop");
  }
}
