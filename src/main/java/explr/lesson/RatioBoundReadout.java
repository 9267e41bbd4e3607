package explr.lesson;

import explr.conversion.CharacteristicRoot;
import explr.lesson.RatioBound.Exceedance;
import explr.lesson.RatioBound.Phase;
import explr.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The numbers under {@link RatioBoundFigure}: where the bounds fail, then details of each phase.
 *
 * <p>{@code ratio-bound-figure.js} writes the same texts in a page.
 */
final class RatioBoundReadout {

  /** Below this distance the two growths count as equal. */
  private static final double SMALL = 1e-6;

  private static final String NONE = "—";

  private final RatioBound numbers;
  private final List<Integer> shown;
  private final List<List<String>> rows = new ArrayList<>();

  private RatioBoundReadout(RatioBound numbers) {
    this.numbers = numbers;
    int phases = numbers.phases().size();
    this.shown =
        phases <= 3
            ? List.of(0, 1, 2).subList(0, phases)
            : List.of(0, (phases - 1) / 2, phases - 1);
  }

  static List<List<String>> of(RatioBound numbers) {
    RatioBoundReadout readout = new RatioBoundReadout(numbers);
    readout.comparison();
    readout.recipe();
    readout.phases();
    return readout.rows;
  }

  private void comparison() {
    if (numbers.comparison().isEmpty()) {
      String phase = number(1 + firstWithoutRoot());
      row("TEXP", "undefined: in phase " + phase + " λη is above its critical value");
      row(
          "TEXP++",
          numbers.exists() == numbers.recipe().iterations()
              ? "exists throughout"
              : "exists for "
                  + Numbers.count(numbers.exists())
                  + " iterations; then α would not be above 0");
      return;
    }
    var comparison = numbers.comparison().orElseThrow();
    row(
        "printed bound, C = " + number(comparison.bound().printedConstant()),
        verdict(numbers.printed()));
    row(
        "corrected bound, C = " + number(comparison.bound().correctedConstant()),
        verdict(numbers.corrected()));
    double last = comparison.ratio().logRateRatio(numbers.recipe().iterations() - 1);
    row("rate of TEXP++ over TEXP’s at the end", number(Math.exp(last)));
  }

  private int firstWithoutRoot() {
    for (int i = 0; i < numbers.phases().size(); i++) {
      if (numbers.phases().get(i).root().isEmpty()) {
        return i;
      }
    }
    throw new IllegalStateException("every phase has its root, so there is a TEXP");
  }

  private static String verdict(Optional<Exceedance> exceedance) {
    Exceedance where = exceedance.orElseThrow();
    String times = number(where.times());
    if (where.iterations() == 0) {
      return "holds; at most " + times + " of it is reached";
    }
    return where.iterations() == 1
        ? "FAILS at t = %s, by %s times".formatted(Numbers.count(where.first()), times)
        : "FAILS at %s iterations, t = %s … %s, by up to %s times"
            .formatted(
                Numbers.count(where.iterations()),
                Numbers.count(where.first()),
                Numbers.count(where.last()),
                times);
  }

  private void recipe() {
    Phase first = numbers.phases().get(0);
    row("weight decay λ", number(first.weightDecay()));
    row("critical λη = (1 − √γ)²", number(CharacteristicRoot.critical(first.momentum())));
  }

  private void phases() {
    int phases = numbers.phases().size();
    List<String> names = new ArrayList<>(List.of(""));
    for (int i : shown) {
      names.add(
          phases > 3 && i == 0
              ? "phase 1 of " + Numbers.count(phases)
              : "phase " + Numbers.count(i + 1));
    }
    rows.add(names);
    row("learning rate η", phase -> number(phase.learningRate()));
    row("λη over the critical", phase -> number(phase.partOfCritical()));
    row("distance from the critical", phase -> number(phase.belowCritical()));
    row("1 − z, of the root z", phase -> root(phase, CharacteristicRoot::oneMinus));
    row("|growth ratio − 1| < 10^-6 from t", phase -> iteration(numbers.firstBelow(phase, SMALL)));
    row("equilibrium time (iterations)", phase -> number(phase.equilibrium().relaxation()));
    row("equilibrium angle (rad a step)", phase -> number(phase.equilibrium().anglePerStep()));
  }

  private static String root(Phase phase, Function<CharacteristicRoot, Double> value) {
    return phase.root().map(value).map(RatioBoundReadout::number).orElse(NONE);
  }

  private static String iteration(OptionalLong t) {
    return t.isPresent() ? Numbers.count(t.getAsLong()) : NONE;
  }

  private void row(String label, String text) {
    rows.add(List.of(label, text));
  }

  private void row(String label, Function<Phase, String> text) {
    List<String> row = new ArrayList<>(List.of(label));
    for (int i : shown) {
      row.add(text.apply(numbers.phases().get(i)));
    }
    rows.add(row);
  }

  private static String number(double value) {
    return Numbers.significant(value, 4);
  }
}
