package explr.equilibrium;

import explr.data.Batches;
import explr.network.Layout;
import explr.network.Tensor;
import explr.optimizer.Optimizer;
import explr.statistics.Distance;
import explr.statistics.Spread;
import explr.training.Learner;
import explr.training.State;
import explr.training.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The angles by which the steps of optimizers rotate the weights of a network.
 *
 * <p>The convolutions that a normalisation follows directly are measured. The network does not
 * depend on the norm of any of them, so each has its own equilibrium.
 *
 * @param windows of all settings, seeds and weights
 */
public record MeasuredAngles(List<Window> windows) {

  /** The first convolution of each block, or of each stage of a plain network. */
  private static final String FOLLOWED_BY_NORMALIZATION = ".conv1";

  /**
   * Consecutive steps of a run.
   *
   * @param setting its name
   * @param seed of the start and the batches
   * @param weights the watched tensor
   * @param iteration number of steps taken at the end
   * @param angle root mean square over the window of the angle per step, in radians
   * @param scaledAngle the same between weights multiplied by v^(1/4), for AdamW; NaN for others
   * @param norm of the weights at the end
   */
  public record Window(
      String setting,
      long seed,
      String weights,
      long iteration,
      double angle,
      double scaledAngle,
      double norm) {}

  /** Copies the list. */
  public MeasuredAngles {
    windows = List.copyOf(windows);
  }

  /**
   * Trains a network by each setting.
   *
   * @param task its optimizer and seed are replaced
   * @param settings optimizers with their numbers
   * @param seeds of the runs
   * @param steps of each run, at least a window
   * @param window steps over which angles are averaged, ≥ 1
   * @throws IllegalArgumentException if the network has no convolution that a normalisation follows
   * @throws InterruptedException if the thread was interrupted
   */
  public static MeasuredAngles of(
      Task task, List<Setting> settings, List<Long> seeds, int steps, int window)
      throws InterruptedException {
    if (window < 1 || steps < window) {
      throw new IllegalArgumentException(
          "the window must be 1 to %d steps, not %d".formatted(steps, window));
    }
    List<Tensor> watched = watched(task);
    List<Window> windows = new ArrayList<>();
    for (Setting setting : settings) {
      for (long seed : seeds) {
        Task seeded = task.with(setting.optimizer()).withSeed(seed);
        windows.addAll(run(seeded, setting, watched, steps, window));
      }
    }
    return new MeasuredAngles(windows);
  }

  private static List<Tensor> watched(Task task) {
    List<Tensor> watched =
        Layout.of(task.architecture()).trainable().stream()
            .filter(tensor -> tensor.name().endsWith(FOLLOWED_BY_NORMALIZATION))
            .toList();
    if (watched.isEmpty()) {
      throw new IllegalArgumentException(
          "no weights of %s end in %s; choose a PreResNet, a ResNet or a plain convolutional network"
              .formatted(task.architecture().name(), FOLLOWED_BY_NORMALIZATION));
    }
    return watched;
  }

  private static List<Window> run(
      Task task, Setting setting, List<Tensor> watched, int steps, int window)
      throws InterruptedException {
    List<Window> windows = new ArrayList<>();
    Batches batches = task.trainingBatches();
    double[] squares = new double[watched.size()];
    double[] scaledSquares = new double[watched.size()];
    try (Learner learner = task.learner()) {
      Seen before = Seen.of(learner, setting, watched);
      for (int t = 0; t < steps; t++) {
        if (Thread.interrupted()) {
          throw new InterruptedException("stopped after %d steps of %s".formatted(t, setting));
        }
        learner.step(setting.recipe(steps), batches.at(t)).close();
        Seen after = Seen.of(learner, setting, watched);
        boolean last = (t + 1) % window == 0;
        for (int i = 0; i < watched.size(); i++) {
          squares[i] += squaredAngle(before.weights.get(i), after.weights.get(i));
          if (!after.scales.isEmpty()) {
            double[] scale = after.scales.get(i);
            scaledSquares[i] +=
                squaredAngle(
                    times(before.weights.get(i), scale), times(after.weights.get(i), scale));
          }
          if (last) {
            windows.add(
                new Window(
                    setting.name(),
                    task.seed(),
                    watched.get(i).name(),
                    t + 1L,
                    Math.sqrt(squares[i] / window),
                    after.scales.isEmpty() ? Double.NaN : Math.sqrt(scaledSquares[i] / window),
                    Distance.norm(after.weights.get(i))));
            squares[i] = 0;
            scaledSquares[i] = 0;
          }
        }
        before = after;
      }
    }
    return windows;
  }

  /**
   * The parts of a state that the angles need.
   *
   * @param weights of each watched tensor
   * @param scales v^(1/4) of each under AdamW, else none
   */
  private record Seen(List<double[]> weights, List<double[]> scales) {

    static Seen of(Learner learner, Setting setting, List<Tensor> watched) {
      if (!(setting.optimizer() instanceof Optimizer.AdamW)) {
        return new Seen(
            watched.stream().map(tensor -> learner.weight(tensor.name())).toList(), List.of());
      }
      State state = learner.state();
      double[] squares = state.buffers().get(1);
      return new Seen(
          watched.stream().map(tensor -> part(state.weights(), tensor)).toList(),
          watched.stream()
              .map(
                  tensor ->
                      Arrays.stream(part(squares, tensor))
                          .map(v -> Math.sqrt(Math.sqrt(v)))
                          .toArray())
              .toList());
    }

    private static double[] part(double[] all, Tensor tensor) {
      return Arrays.copyOfRange(all, tensor.offset(), tensor.end());
    }
  }

  private static double[] times(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }

  /** Computed from the chord, because the cosine of a small angle loses half of its digits. */
  private static double squaredAngle(double[] a, double[] b) {
    double angle = 2 * Math.asin(Math.min(1, Distance.ofDirections(a, b) / 2));
    return angle * angle;
  }

  /** The settings, in the order of the runs. */
  public List<Setting> settings() {
    return windows.stream().map(Window::setting).distinct().map(Setting::named).toList();
  }

  /** Iterations at which windows end, in ascending order. */
  public long[] iterations() {
    return windows.stream().mapToLong(Window::iteration).distinct().sorted().toArray();
  }

  /**
   * A setting's angle per step after an iteration: the spread, over weights and seeds, of the root
   * mean square over time.
   *
   * @param angle {@link Window#angle} or {@link Window#scaledAngle}
   * @param from windows that begin before it are excluded
   * @throws IllegalArgumentException if no window is left
   */
  public Spread after(Setting setting, ToDoubleFunction<Window> angle, long from) {
    long length = iterations()[0];
    List<Window> late =
        windows.stream()
            .filter(w -> w.setting().equals(setting.name()) && w.iteration() - length >= from)
            .toList();
    return Spread.of(
        late.stream()
            .map(window -> window.weights() + window.seed())
            .distinct()
            .mapToDouble(
                run ->
                    Math.sqrt(
                        late.stream()
                            .filter(window -> (window.weights() + window.seed()).equals(run))
                            .mapToDouble(angle)
                            .map(a -> a * a)
                            .average()
                            .orElseThrow()))
            .toArray());
  }

  /** The median of {@link #after} of the angles per step, over the predicted angle. */
  public double overPredicted(Setting setting, long from) {
    return after(setting, Window::angle, from).median() / setting.theory().anglePerStep();
  }

  /** The spread over weights and seeds of a setting's angle in the window that ends there. */
  public Spread at(Setting setting, long iteration) {
    return Spread.of(
        windows.stream()
            .filter(w -> w.setting().equals(setting.name()) && w.iteration() == iteration)
            .mapToDouble(Window::angle)
            .toArray());
  }
}
