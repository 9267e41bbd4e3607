package explr.experiment;

import explr.figure.Figure;
import explr.figure.Figure1;
import explr.figure.Figure2;
import explr.figure.Figure3;
import explr.figure.Figure4;
import explr.figure.Figure5;
import explr.figure.Figure6;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/** A figure of the paper: the curves it shows and how it is drawn from their tables. */
public enum PaperFigure {
  /** Figure 1: an exponential rate without weight decay, and what it does to the weights. */
  FIGURE_1(CurveName.WEIGHT_DECAY, CurveName.EXPONENTIAL) {
    @Override
    public Figure draw(Map<String, List<Table>> tables, String weight, String setting) {
      return Figure1.of(
          of(tables, CurveName.EXPONENTIAL), of(tables, CurveName.WEIGHT_DECAY), weight, setting);
    }
  },

  /** Figure 2: Step Decay and its TEXP. */
  FIGURE_2(CurveName.STEP_DECAY, CurveName.TEXP) {
    @Override
    public Figure draw(Map<String, List<Table>> tables, String weight, String setting) {
      return Figure2.of(
          of(tables, CurveName.STEP_DECAY), of(tables, CurveName.TEXP), weight, setting);
    }
  },

  /** Figure 3: TEXP with and without its drops. */
  FIGURE_3(CurveName.TEXP, CurveName.TEXP_MINUS_MINUS) {
    @Override
    public Figure draw(Map<String, List<Table>> tables, String weight, String setting) {
      return Figure3.of(
          of(tables, CurveName.TEXP), of(tables, CurveName.TEXP_MINUS_MINUS), weight, setting);
    }
  },

  /** Figure 4: an exponential rate that is divided without a change of its exponent. */
  FIGURE_4(CurveName.EXPONENTIAL, CurveName.EXPONENTIAL_DIVIDED) {
    @Override
    public Figure draw(Map<String, List<Table>> tables, String weight, String setting) {
      return Figure4.of(
          of(tables, CurveName.EXPONENTIAL),
          of(tables, CurveName.EXPONENTIAL_DIVIDED),
          weight,
          setting);
    }
  },

  /** Figure 5: a cosine and Step Decay, with their TEXP. */
  FIGURE_5(CurveName.COSINE, CurveName.COSINE_TEXP, CurveName.STEP_DECAY, CurveName.TEXP) {
    @Override
    public Figure draw(Map<String, List<Table>> tables, String weight, String setting) {
      return Figure5.of(
          of(tables, CurveName.COSINE),
          of(tables, CurveName.COSINE_TEXP),
          of(tables, CurveName.STEP_DECAY),
          of(tables, CurveName.TEXP),
          setting);
    }
  },

  /** Figure 6: weight decay that falls with the phase, and TEXP−−. */
  FIGURE_6(CurveName.DECAY_PER_PHASE, CurveName.TEXP_MINUS_MINUS) {
    @Override
    public Figure draw(Map<String, List<Table>> tables, String weight, String setting) {
      return Figure6.of(
          of(tables, CurveName.DECAY_PER_PHASE),
          of(tables, CurveName.TEXP_MINUS_MINUS),
          weight,
          setting);
    }
  };

  private final List<CurveName> curves;

  PaperFigure(CurveName... curves) {
    this.curves = List.of(curves);
  }

  private static List<Table> of(Map<String, List<Table>> tables, CurveName curve) {
    return tables.get(curve.toString());
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

  /** The curves that it shows, as long as it shows them. */
  public List<Curve> curves(Profile profile) {
    return curves.stream().map(name -> name.of(profile, profile.epochs(this))).toList();
  }

  /**
   * Draws it; a pure function.
   *
   * @param tables per-period measurements by the name of the curve, one table for each seed
   * @param weight the watched weight
   * @param setting the profile in one line
   */
  public abstract Figure draw(Map<String, List<Table>> tables, String weight, String setting);
}
