package explr.equivalence;

import explr.conversion.DecoupledDecay;
import explr.conversion.ExpLr;
import explr.conversion.Texp;
import explr.conversion.Twin;
import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import explr.statistics.Bound;
import explr.training.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How exactly a recipe's conversions train the same network: the whole report, for any recipe,
 * architecture, normalisation and engine.
 *
 * <p>Where a step takes signs, as in Lion, rounding flips the signs of entries near 0, and each
 * flip rotates the weights by 2η/‖θ‖. In 64 bits that is rare; in 32 bits it happens in many steps,
 * in the run scaled by e as in the equivalent run, and the bars compare the two.
 *
 * <pre>{@code
 * var task = Task.of(PreResNet.depth(20), EmbeddedSample.load()).withBatchSize(16);
 * var report = Exactness.of(task, recipe, 20);
 * report.verdicts().forEach(System.out::println);
 * }</pre>
 *
 * @param lockSteps results of the lock-step comparison under each {@link Arithmetic}
 */
public record Exactness(Map<Arithmetic, LockStep> lockSteps) {

  private static final String LEFT = ", ε left as it is";
  private static final String FOLLOWS = ", ε following";

  /** A run of momentum SGD with the usual ε, not following the weights. */
  public static final String EPSILON_LEFT = "TEXP++" + LEFT;

  /** The same with ε_t = ε P_t^(2d). */
  public static final String EPSILON_FOLLOWS = "TEXP++" + FOLLOWS;

  /** The deviation allowed in 64 bits with a negligible ε. */
  private static final Bound EXACT = Bound.below(1e-12);

  /** The deviation allowed in 32 bits: its median ratio to the floor's, and that of the maxima. */
  private static final Bound MEDIAN = Bound.below(3);

  private static final Bound MAXIMUM = Bound.below(10);

  /** Copies the map. */
  public Exactness {
    lockSteps = Collections.unmodifiableMap(new EnumMap<>(lockSteps));
  }

  /**
   * Takes steps under every setting.
   *
   * @param task the network, its optimizer, data, batch size, engine, threads and seed; number type
   *     and ε are those of the settings
   * @param recipe what drives the run with weight decay; needs an equivalent run without
   * @param steps number of steps, at most the recipe's iterations
   * @throws InterruptedException if the thread was interrupted
   */
  public static Exactness of(Task task, Rates recipe, int steps) throws InterruptedException {
    Map<Arithmetic, LockStep> reports = new EnumMap<>(Arithmetic.class);
    for (Arithmetic setting : Arithmetic.values()) {
      reports.put(
          setting,
          LockStep.of(
              setting.of(task), recipe, counterparts(task.optimizer(), recipe, setting), steps));
    }
    return new Exactness(reports);
  }

  /** The counterparts compared under a setting. */
  public static List<Counterpart> counterparts(
      Optimizer optimizer, Rates recipe, Arithmetic setting) {
    Counterpart twin = Counterpart.of(optimizer, recipe);
    if (setting == Arithmetic.USUAL_EPSILON) {
      return List.of(
          twin.named(twin.name() + LEFT), twin.named(twin.name() + FOLLOWS).withEpsilonFollowing());
    }
    List<Counterpart> counterparts = new ArrayList<>(List.of(twin));
    counterparts.addAll(others(optimizer, recipe));
    if (setting == Arithmetic.EXACT) {
      counterparts.addAll(Control.of(optimizer, recipe, twin));
    } else {
      counterparts.add(Counterpart.scaled(optimizer, recipe, Math.E));
      counterparts.add(Counterpart.flipped(recipe));
    }
    return counterparts;
  }

  /** Further equivalent runs of the same recipe. */
  private static List<Counterpart> others(Optimizer optimizer, Rates recipe) {
    if (optimizer instanceof Optimizer.Momentum) {
      return whereTheyExist(recipe);
    }
    return optimizer instanceof Optimizer.DecoupledMomentum
        ? List.of(Counterpart.of("smaller momentum", DecoupledDecay.of(recipe)))
        : List.of();
  }

  /** TEXP needs real roots, and Theorem 2.9 a constant recipe; otherwise TEXP++ is the only one. */
  private static List<Counterpart> whereTheyExist(Rates recipe) {
    List<Counterpart> found = new ArrayList<>();
    try {
      Twin texp = Texp.of(recipe);
      found.add(Counterpart.of("TEXP with corrections", texp));
      found.add(Counterpart.of("Theorem 2.9", ExpLr.of(recipe)));
    } catch (IllegalArgumentException e) {
      return found;
    }
    return found;
  }

  /** The largest deviation of an equivalent run in 64 bits with a negligible ε. */
  public double largestDeviation() {
    LockStep exact = lockSteps.get(Arithmetic.EXACT);
    return exact.runs().stream()
        .filter(run -> Control.named(run).isEmpty())
        .mapToDouble(run -> worst(exact, run))
        .max()
        .orElse(Double.NaN);
  }

  /**
   * The smallest of the deviations of forms that are wrong on purpose, each the largest over the
   * steps; NaN if there are none.
   */
  public double smallestOfControls() {
    LockStep exact = lockSteps.get(Arithmetic.EXACT);
    return controls()
        .mapToDouble(control -> exact.maximum(control.title(), control.quantity()))
        .min()
        .orElse(Double.NaN);
  }

  /** The forms that are wrong on purpose. */
  Stream<Control> controls() {
    return lockSteps.get(Arithmetic.EXACT).runs().stream()
        .flatMap(run -> Control.named(run).stream());
  }

  /** Every statement about the report with the number found. */
  public List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    LockStep exact = lockSteps.get(Arithmetic.EXACT);
    for (String run : exact.runs()) {
      if (Control.named(run).isEmpty()) {
        verdicts.add(
            new Verdict("64 bits: " + run + ", largest deviation", worst(exact, run), EXACT));
      }
    }
    controls().map(control -> seen(exact, control)).forEach(verdicts::add);
    LockStep usual = lockSteps.get(Arithmetic.USUAL_EPSILON);
    verdicts.add(
        new Verdict(
            "usual ε: ε following cures it, largest deviation",
            worst(usual, ending(usual, FOLLOWS)),
            EXACT));
    verdicts.add(
        new Verdict(
            "usual ε: left as it is, largest deviation",
            worst(usual, ending(usual, LEFT)),
            Bound.above(1e-9)));
    LockStep rounded = lockSteps.get(Arithmetic.ROUNDED);
    List<String> runs = rounded.runs();
    String scaled = runs.get(runs.size() - 2);
    String flipped = runs.get(runs.size() - 1);
    for (String run : runs.subList(0, runs.size() - 2)) {
      for (Deviation.Quantity quantity : Deviation.Quantity.values()) {
        String what = "32 bits: " + run + ", " + quantity.title();
        double median = rounded.medianRatio(run, scaled, quantity);
        double floor =
            Math.max(rounded.maximum(scaled, quantity), rounded.maximum(flipped, quantity));
        double maximum = rounded.maximum(run, quantity) / floor;
        verdicts.add(new Verdict(what + ", median ratio to a scaled run", median, MEDIAN));
        verdicts.add(new Verdict(what + ", maximum over that of rounding alone", maximum, MAXIMUM));
      }
    }
    return verdicts;
  }

  private static Verdict seen(LockStep exact, Control control) {
    return new Verdict(
        "wrong on purpose: " + control.title() + ", " + control.quantity().title(),
        exact.maximum(control.title(), control.quantity()),
        Control.VISIBLE);
  }

  private static String ending(LockStep report, String ending) {
    return report.runs().stream().filter(run -> run.endsWith(ending)).findFirst().orElseThrow();
  }

  private static double worst(LockStep report, String run) {
    return Arrays.stream(Deviation.Quantity.values())
        .mapToDouble(quantity -> report.maximum(run, quantity))
        .max()
        .orElse(Double.NaN);
  }

  /** Whether every verdict holds. */
  public boolean holds() {
    return verdicts().stream().allMatch(Verdict::holds);
  }
}
