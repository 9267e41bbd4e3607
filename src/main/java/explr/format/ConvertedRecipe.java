package explr.format;

import explr.conversion.Conversion;
import explr.conversion.Twin;
import explr.csv.CsvWriter;
import explr.schedule.Epochs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * A recipe file converted to a run without weight decay, and that run as a text for other programs.
 *
 * <pre>{@code
 * var converted = ConvertedRecipe.of(RecipeFile.read(path), Conversion.TEXP_PLUS_PLUS);
 * Files.writeString(Path.of("rates.csv"), converted.csv(1));
 * }</pre>
 *
 * @param source what was converted
 * @param conversion how
 * @param twin the run without weight decay
 */
public record ConvertedRecipe(RecipeFile source, Conversion conversion, Twin twin) {

  /**
   * Converts.
   *
   * @param conversion any but for decoupled decay, where TEXP++ is {@link Conversion#DECOUPLED}
   * @throws IllegalArgumentException where there is no such conversion, saying why; Nesterov
   *     momentum has none at all
   */
  public static ConvertedRecipe of(RecipeFile source, Conversion conversion) {
    Conversion meant = conversion.forRule(source.rule());
    return new ConvertedRecipe(source, meant, meant.of(source.recipe()));
  }

  /**
   * Comma-separated values with a comment (#) before the header: {@code iteration, learning_rate,
   * ln_learning_rate, log10_learning_rate, weight_decay, momentum, correction, buffer_correction,
   * ln_scale}.
   *
   * <p>Before the step of an iteration, buffer_correction times the weights is added to the
   * momentum buffer; correction is κ, the same times the learning rate. ln_scale is ln P, the
   * weights' growth so far. Values beyond a double are inf or 0, and their logarithms exact.
   *
   * @param every 1 for all iterations; of fewer, those with a correction and the last are there all
   *     the same
   */
  public String csv(long every) {
    return CsvWriter.text(
        csv -> {
          csv.comment(summary());
          csv.row(Row.NAMES);
          for (long t : iterations(every)) {
            csv.row(Row.of(twin, t).fields(t));
          }
        });
  }

  /**
   * The same as a JSON object of columns, with the recipe, what is assumed and how exact it is.
   *
   * @param every as for {@link #csv}
   */
  public String json(long every) {
    return ConvertedJson.write(this, every);
  }

  /**
   * A Python module that computes every step from its number by the conversion's own formulas, and
   * drives PyTorch's SGD by them: rates, no decay, corrections of the buffer, epsilon, clipping.
   * Where there is no PyTorch, it needs the standard library alone.
   */
  public String python() {
    return PythonModule.of(this);
  }

  /** What a user must be told: where the run leaves the range of a number type. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    OptionalLong leaves = twin.leavesFloat32();
    if (leaves.isPresent()) {
      warnings.add(
          ("the learning rate leaves float32 (3.4e38) at iteration %s%s; sums of squares of the"
                  + " weights do so earlier. Train in float64, or divide the run's scale: weights"
                  + " by c, buffers times c, rate by c², buffer corrections times c²")
              .formatted(leaves.getAsLong(), epoch(leaves.getAsLong())));
    }
    return warnings;
  }

  private String epoch(long iteration) {
    return source
        .epochs()
        .map(Epochs::iterationsEach)
        .map(each -> String.format(Locale.ROOT, " (epoch %.1f)", (double) iteration / each))
        .orElse("");
  }

  String summary() {
    return "%s, %s. Assumes %s, besides a loss that does not change with the weights' scale. It is %s."
        .formatted(
            conversion, conversion.source(), conversion.assumption(), conversion.exactness());
  }

  /** Every so many iterations, those with a correction, and the last. */
  long[] iterations(long every) {
    if (every < 1) {
      throw new IllegalArgumentException(
          "rows are written every 1 or more iterations, not every " + every);
    }
    return LongStream.range(0, twin.iterations())
        .filter(t -> t % every == 0 || twin.correction(t) != 0 || t == twin.iterations() - 1)
        .toArray();
  }
}
