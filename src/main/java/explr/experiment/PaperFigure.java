package explr.experiment;

import explr.schedule.Rates;
import java.util.Arrays;
import java.util.List;

/** A figure of the paper and the curves that it shows. */
public enum PaperFigure {
  /** Figure 1: an exponential rate without weight decay, and what it does to the weights. */
  FIGURE_1(Curve.WEIGHT_DECAY, Curve.EXPONENTIAL),

  /** Figure 2: Step Decay and its TEXP. */
  FIGURE_2(Curve.STEP_DECAY, Curve.TEXP),

  /** Figure 3: TEXP with and without its drops. */
  FIGURE_3(Curve.TEXP, Curve.TEXP_MINUS_MINUS),

  /** Figure 4: an exponential rate that is divided without a change of its exponent. */
  FIGURE_4(Curve.EXPONENTIAL, Curve.EXPONENTIAL_DIVIDED),

  /** Figure 5: a cosine and Step Decay, with their TEXP. */
  FIGURE_5(Curve.COSINE, Curve.COSINE_TEXP, Curve.STEP_DECAY, Curve.TEXP),

  /** Figure 6: weight decay that falls with the phase, and TEXP−−. */
  FIGURE_6(Curve.DECAY_PER_PHASE, Curve.TEXP_MINUS_MINUS);

  private final List<Curve> curves;

  PaperFigure(Curve... curves) {
    this.curves = List.of(curves);
  }

  /** The figures that a user names: {@code all}, or numbers separated by commas. */
  public static List<PaperFigure> parse(List<String> names) {
    if (names.equals(List.of("all"))) {
      return List.of(values());
    }
    return names.stream().map(String::strip).map(PaperFigure::parse).distinct().toList();
  }

  private static PaperFigure parse(String name) {
    return Arrays.stream(values())
        .filter(figure -> figure.number().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no figure '%s'; there are %s, and all"
                        .formatted(
                            name, Arrays.stream(values()).map(PaperFigure::number).toList())));
  }

  /** Its number in the paper: {@code 1}. */
  public String number() {
    return Integer.toString(ordinal() + 1);
  }

  /** The name of its files: {@code figure-1}. */
  public String fileName() {
    return "figure-" + number();
  }

  /** The curves that it shows. */
  public List<Curve> curves() {
    return curves;
  }

  /** How many epochs its runs train at the sizes of a profile. */
  public int epochs(Profile profile) {
    return profile.epochs().get(number());
  }

  /** The rates that drive a curve as long as this figure shows it. */
  public Rates rates(Profile profile, Curve curve) {
    return curve.rates(profile, epochs(profile));
  }
}
