package explr.lesson;

import explr.conversion.Conversion;
import explr.format.ConvertedRecipe;
import explr.lesson.ConversionFigure.Extent;
import explr.optimizer.Optimizer;
import explr.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The text in a figure of a conversion: what it assumes, how exact it is, and where float32 ends.
 *
 * @param converted the conversion
 * @param momentum of the given recipe
 * @param ownMomentum of the converted one
 * @param corrections how many corrections of the momentum buffer it has
 * @param squaresLeaveFloat32 the first iteration with P² beyond float32
 */
record ConversionNotes(
    ConvertedRecipe converted,
    Extent momentum,
    Extent ownMomentum,
    long corrections,
    OptionalLong squaresLeaveFloat32) {

  private static final int LONGEST_LINE = 105;

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    addWrapped(
        "Assumes a loss that does not change when the converted weights are multiplied by c > 0:"
            + " each of their layers is followed by a normalisation. All other parameters (such as"
            + " the last layer, unless it is fixed) keep their rate and decay. A normalisation's ε"
            + " is multiplied by P², or is negligible.",
        lines);
    addWrapped(conversion(), lines);
    addWrapped(range(), lines);
    return lines;
  }

  private String conversion() {
    Conversion conversion = converted.conversion();
    String optimizer =
        converted.source().optimizer() instanceof Optimizer.Momentum
            ? "SGD, v ← γv + ∇L + λθ, θ ← θ − ηv; "
            : "";
    String text =
        conversion
            + " ("
            + conversion.source()
            + ") assumes "
            + optimizer
            + conversion.assumption()
            + ". It is "
            + conversion.exactness()
            + ".";
    if (corrections > 0) {
      text += " Corrections of the momentum buffer: " + corrections + ".";
    }
    return ownMomentum.isOf(momentum)
        ? text
        : text + " The momentum of the converted run is " + ownMomentum + ".";
  }

  private String range() {
    OptionalLong rate = converted.leavesFloat32();
    if (rate.isEmpty() && squaresLeaveFloat32.isEmpty()) {
      return "The rate and P² stay in the range of float32 (3.4e38).";
    }
    return "float32 overflows at 3.4e38: "
        + range("the rate", rate)
        + "; P², and with it sums of squares of weights,"
        + range("", squaresLeaveFloat32)
        + ". Train in float64, or rescale the run.";
  }

  private String range(String what, OptionalLong leaves) {
    return leaves.isEmpty()
        ? what + " stays below"
        : what + " exceeds it at iteration " + leaves.getAsLong() + epoch(leaves.getAsLong());
  }

  private String epoch(long iteration) {
    return converted
        .source()
        .epochs()
        .map(epoch -> (double) iteration / epoch.iterationsEach())
        .map(number -> " (epoch " + Numbers.rounded(number, 1) + ")")
        .orElse("");
  }

  private static void addWrapped(String text, List<String> lines) {
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > LONGEST_LINE) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
  }
}
