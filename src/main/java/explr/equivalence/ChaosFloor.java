package explr.equivalence;

import explr.data.Batch;
import explr.data.Batches;
import explr.network.Layout;
import explr.schedule.Rates;
import explr.statistics.Distance;
import explr.statistics.Spread;
import explr.training.Listener;
import explr.training.Run;
import explr.training.State;
import explr.training.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How far two equivalent runs diverge when they train freely, compared with two runs whose starts
 * differ in one bit.
 *
 * <p>Training is chaotic: the second distance, the floor, grows to that of unrelated runs. If the
 * distance of the equivalent pair lies within the floor, free runs cannot distinguish the
 * conversion from an exact one.
 *
 * @param points of all seeds and both pairs at all sampled iterations
 */
public record ChaosFloor(List<Point> points) {

  /** The run with weight decay and its twin. */
  public static final String TWIN = "equivalent run";

  /** The run with weight decay and the same run started one bit apart. */
  public static final String BIT = "one bit apart";

  /** The largest ratio, and the inverse of the smallest, of the pair's distance to the floor's. */
  private static final double FACTOR = 10;

  /**
   * The distance of two runs after some iterations.
   *
   * @param pair {@link #TWIN} or {@link #BIT}
   * @param seed of the start and the batches
   * @param iteration number of steps that both have taken
   * @param logits relative l2 distance of the logits of test images
   * @param angle between the weights, in radians while it is small: ‖θ̃/‖θ̃‖ − θ/‖θ‖‖
   * @param accuracy of the twin, or of the run one bit apart, on the test images
   * @param originalAccuracy of the run with weight decay
   */
  public record Point(
      String pair,
      long seed,
      long iteration,
      double logits,
      double angle,
      double accuracy,
      double originalAccuracy) {}

  /** Copies the list. */
  public ChaosFloor {
    points = List.copyOf(points);
  }

  /**
   * Trains three runs for each seed: with weight decay, its twin, and with weight decay from a
   * start in which the largest weight of the first layer differs by its last bit.
   *
   * @param task its seed is replaced by the seeds
   * @param recipe what drives the run with weight decay
   * @param twin what drives the equivalent run
   * @param looks number of sampled iterations, at least 2: 1, 2, 3, …, increasingly sparse, and the
   *     last
   * @throws InterruptedException if the thread was interrupted
   */
  public static ChaosFloor of(Task task, Rates recipe, Rates twin, List<Long> seeds, int looks)
      throws InterruptedException {
    List<Point> points = new ArrayList<>();
    for (long seed : seeds) {
      Task seeded = task.withSeed(seed);
      try (Run original = Run.start(seeded, recipe);
          Run equivalent = Run.start(seeded, twin);
          Run flipped = Run.start(seeded, recipe)) {
        flipped.learner().restore(oneBitApart(flipped.learner().state(), task));
        for (long t : spread(twin.iterations(), looks)) {
          for (Run run : List.of(original, equivalent, flipped)) {
            run.train(new Listener() {}, t);
          }
          Seen seen = Seen.of(original, seeded);
          points.add(Seen.of(equivalent, seeded).apart(seen, TWIN, seed, t));
          points.add(Seen.of(flipped, seeded).apart(seen, BIT, seed, t));
        }
      }
    }
    return new ChaosFloor(points);
  }

  /**
   * From 1 to the last iteration, evenly spaced on a logarithmic scale as far as integers allow.
   */
  static long[] spread(long last, int looks) {
    if (looks < 2) {
      throw new IllegalArgumentException("runs must be looked at twice at least, not " + looks);
    }
    return IntStream.range(0, looks)
        .mapToLong(i -> Math.round(Math.pow(last, i / (looks - 1.0))))
        .distinct()
        .toArray();
  }

  private static State oneBitApart(State start, Task task) {
    Counterpart.flipLastBit(start, Layout.of(task.architecture()));
    return start;
  }

  /** The observable state of a run. */
  private record Seen(double[] logits, double[] weights, double accuracy) {

    static Seen of(Run run, Task task) throws InterruptedException {
      Batches tests = task.testBatches();
      Batch first = tests.at(0);
      return new Seen(
          run.learner().logits(first).values(),
          run.learner().state().weights(),
          run.evaluate().accuracy());
    }

    Point apart(Seen original, String pair, long seed, long iteration) {
      return new Point(
          pair,
          seed,
          iteration,
          Distance.relative(logits, original.logits),
          Distance.ofDirections(weights, original.weights),
          accuracy,
          original.accuracy);
    }
  }

  /** The sampled iterations in ascending order. */
  public long[] iterations() {
    return points.stream().mapToLong(Point::iteration).distinct().sorted().toArray();
  }

  /** The median over the seeds of a pair's distance at each of {@link #iterations}. */
  public double[] medians(String pair, ToDoubleFunction<Point> distance) {
    return Arrays.stream(iterations())
        .mapToDouble(
            iteration ->
                Spread.of(
                        points.stream()
                            .filter(p -> p.pair().equals(pair) && p.iteration() == iteration)
                            .mapToDouble(distance)
                            .toArray())
                    .median())
        .toArray();
  }

  /**
   * The median over the iterations of the pair's median distance divided by the floor's: 1 if the
   * equivalent run is as far away as a run that started one bit apart.
   */
  public double ratio(ToDoubleFunction<Point> distance) {
    double[] pair = medians(TWIN, distance);
    double[] floor = medians(BIT, distance);
    double[] ratios = new double[pair.length];
    Arrays.setAll(ratios, i -> pair[i] / floor[i]);
    return Spread.of(ratios).median();
  }

  /** Whether the pair's distances lie within the floor: {@link #ratio} between 1/10 and 10. */
  public boolean holds() {
    return among(ratio(Point::logits)) && among(ratio(Point::angle));
  }

  private static boolean among(double ratio) {
    return ratio > 1 / FACTOR && ratio < FACTOR;
  }
}
