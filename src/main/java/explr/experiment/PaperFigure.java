package explr.experiment;

import explr.figure.Figure;
import explr.figure.Figure1;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/** A figure of the paper: the curves it shows and how it is drawn from their tables. */
public enum PaperFigure {
  /** Figure 1: an exponential rate without weight decay, and what it does to the weights. */
  FIGURE_1("1") {
    @Override
    public List<Curve> curves(Profile profile) {
      return Curve.figure1(profile);
    }

    @Override
    public Figure draw(Map<String, List<Table>> tables, String weight, String setting) {
      return Figure1.of(tables.get("exponential"), tables.get("weight-decay"), weight, setting);
    }
  };

  private final String number;

  PaperFigure(String number) {
    this.number = number;
  }

  /** The figures that a user names: {@code all}, or numbers separated by commas. */
  public static List<PaperFigure> parse(List<String> names) {
    if (names.equals(List.of("all"))) {
      return List.of(values());
    }
    return names.stream().map(PaperFigure::parse).distinct().toList();
  }

  private static PaperFigure parse(String name) {
    return Arrays.stream(values())
        .filter(figure -> figure.number.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no figure '%s'; there are %s, and all"
                        .formatted(name, Arrays.stream(values()).map(f -> f.number).toList())));
  }

  /** The name of its files: {@code figure-1}. */
  public String fileName() {
    return "figure-" + number;
  }

  /** The curves that it shows. */
  public abstract List<Curve> curves(Profile profile);

  /**
   * Draws it; a pure function.
   *
   * @param tables per-epoch measurements by the name of the curve, one table for each seed
   * @param weight the watched weight
   * @param setting the profile in one line
   */
  public abstract Figure draw(Map<String, List<Table>> tables, String weight, String setting);
}
