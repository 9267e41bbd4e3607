package explr.format;

import explr.conversion.Conversion;
import explr.conversion.Twin;
import explr.conversion.TwinStep;
import explr.csv.CsvWriter;
import explr.schedule.Epochs;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A recipe file converted to a run without weight decay, which can be written as CSV, JSON or
 * Python.
 *
 * <pre>{@code
 * var recipe = RecipeFile.read(path, System.err::println);
 * var converted = ConvertedRecipe.of(recipe, Conversion.TEXP_PLUS_PLUS);
 * Files.writeString(Path.of("rates.csv"), converted.csv(1));
 * }</pre>
 *
 * <p>Rows are computed as they are written, so that memory does not grow with the length of the
 * run.
 */
public final class ConvertedRecipe {

  private final RecipeFile source;
  private final Conversion conversion;
  private final Row row;
  private final Float32Range range;
  private Twin twin;

  private ConvertedRecipe(RecipeFile source, Conversion conversion) {
    this.source = source;
    this.conversion = conversion;
    this.row = Row.of(conversion, source.optimizer());
    this.range = new Float32Range(source.optimizer().bufferDegrees().contains(-2));
    conversion.forEach(source.recipe(), source.optimizer(), range::add);
  }

  /**
   * Converts.
   *
   * @param conversion any; for optimizers other than plain momentum, TEXP++ selects their own
   *     conversion
   * @throws IllegalArgumentException if the recipe has no such conversion; the message says why
   */
  public static ConvertedRecipe of(RecipeFile source, Conversion conversion) {
    return new ConvertedRecipe(source, conversion.forOptimizer(source.optimizer()));
  }

  /** What was converted. */
  public RecipeFile source() {
    return source;
  }

  /** The conversion that was applied. */
  public Conversion conversion() {
    return conversion;
  }

  /** The columns of the output. */
  Row row() {
    return row;
  }

  /**
   * The run without weight decay of momentum SGD, in memory: 32 bytes per iteration.
   *
   * @throws IllegalArgumentException for the conversions of other optimizers
   */
  public synchronized Twin twin() {
    if (twin == null) {
      twin = conversion.of(source.recipe());
    }
    return twin;
  }

  /**
   * Comma-separated values with a comment (#) before the header: {@code iteration, learning_rate,
   * ln_learning_rate, log10_learning_rate, weight_decay, momentum, correction, buffer_correction,
   * ln_scale}; for optimizers whose buffers are scaled {@code momentum} or {@code beta1, beta2},
   * then {@code buffer_factor, eps, ln_scale}.
   *
   * <p>Before the step of an iteration, buffer_correction times the weights is added to the
   * momentum buffer; correction is κ, the same times the learning rate. ln_scale is ln P, the
   * weights' growth so far. Before the step, each buffer that is linear in gradients is multiplied
   * by buffer_factor, a quadratic one by its square. Values outside the range of a double are inf
   * or 0; their logarithms are exact.
   *
   * @param every n to write every nth iteration, those with a correction, and the last
   */
  public String csv(long every) {
    return text(out -> writeCsv(out, every));
  }

  /**
   * Writes the text of {@link #csv}.
   *
   * @throws IOException if {@code out} cannot be written
   */
  public void writeCsv(Writer out, long every) throws IOException {
    CsvWriter.write(
        out,
        csv -> {
          csv.comment(summary());
          csv.row(row.names());
        });
    OrderedText text = new OrderedText(out);
    Values values = new Values(row.size(), block -> text.add(() -> lines(block)));
    try {
      forEach(every, step -> addRow(step, values));
      values.end();
      text.end();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void addRow(TwinStep step, Values values) {
    for (int column = 0; column < row.size(); column++) {
      values.add(row.value(step, column));
    }
  }

  private String lines(double[] values) {
    StringBuilder text = new StringBuilder(20 * values.length);
    int columns = row.size();
    for (int i = 0; i < values.length; i++) {
      text.append(Row.text(values[i], i % columns)).append((i + 1) % columns == 0 ? '\n' : ',');
    }
    return text.toString();
  }

  /**
   * The same as a JSON object of columns, with the recipe, what is assumed and how exact it is.
   *
   * @param every as for {@link #csv}
   */
  public String json(long every) {
    return text(out -> writeJson(out, every));
  }

  /**
   * Writes the text of {@link #json}.
   *
   * @throws IOException if {@code out} cannot be written
   */
  public void writeJson(Writer out, long every) throws IOException {
    ConvertedJson.write(this, every, out);
  }

  /** Writes to a text in memory. */
  private interface Writing {
    void to(Writer out) throws IOException;
  }

  private static String text(Writing writing) {
    StringWriter text = new StringWriter();
    try {
      writing.to(text);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory takes every row", e);
    }
    return text.toString();
  }

  /**
   * A Python module that computes every step from its number by the conversion's own formulas, and
   * drives PyTorch's SGD by them: rates, no decay, corrections of the buffer, epsilon, clipping.
   * Where there is no PyTorch, it needs the standard library alone.
   */
  public String python() {
    return python(Framework.PYTORCH);
  }

  /**
   * The same module for another framework; Keras and optax must be installed where it is imported.
   *
   * @throws IllegalArgumentException if the framework cannot train the recipe, with the reason
   */
  public String python(Framework framework) {
    return PythonModule.of(this, framework);
  }

  /** Warnings for readers of the numbers: {@link #warnings}, and what an exported module does. */
  public List<String> warningsOfNumbers() {
    List<String> warnings = new ArrayList<>();
    if (conversion == Conversion.RATE_INSIDE_BUFFER) {
      warnings.add(
          "rate and momentum are for an optimizer with the rate outside its buffer, v ← γv + ∇L,"
              + " θ ← θ − ηv, as PyTorch's. With the rate inside, multiply the momentum by the rate and"
              + " divide it by the rate of the step before");
    }
    warnings.addAll(warnings());
    return warnings;
  }

  /** Warnings for users, for example where the run leaves the range of float32. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    OptionalLong leaves = range.rateLeaves();
    if (leaves.isPresent()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the learning rate leaves float32 (3.4e38) at iteration %s%s; sums of squares of the"
                  + " weights do so earlier. Train in float64, or change the run's scale: %s",
              leaves.getAsLong(),
              epoch(leaves.getAsLong()),
              source.optimizer().stepDegree() == 0
                  ? "divide weights and rate by c, multiply linear buffers and eps by c, second"
                      + " moments by c²"
                  : "divide weights by c and the rate by c², multiply buffers by c, buffer"
                      + " corrections by c²"));
    }
    OptionalLong squares = range.secondMomentsLeave();
    if (squares.isPresent()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "second moments of gradients of size 1 leave the range of normal float32 numbers"
                  + " (1.2e-38) at iteration %s%s, those of smaller gradients earlier. Train in"
                  + " float64, or change the run's scale: divide weights and rate by c, multiply"
                  + " first moments and eps by c, second moments by c²",
              squares.getAsLong(),
              epoch(squares.getAsLong())));
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
    return String.format(
        Locale.ROOT,
        "%s, %s. Assumes %s, and a loss that does not change with the weights' scale. It is %s.",
        conversion,
        conversion.source(),
        conversion.assumption(),
        conversion.exactness());
  }

  /** The first iteration whose rate exceeds the range of float32. */
  public OptionalLong leavesFloat32() {
    return range.rateLeaves();
  }

  /** ln of the last rate; −∞ if that rate is 0. */
  double lastLogRate() {
    return range.lastLogRate();
  }

  /** Visits every nth iteration, those with a correction, and the last. */
  void forEach(long every, Consumer<TwinStep> visitor) {
    if (every < 1) {
      throw new IllegalArgumentException("'every' must be at least 1, not " + every);
    }
    long last = source.recipe().iterations() - 1;
    conversion.forEach(
        source.recipe(),
        source.optimizer(),
        step -> {
          long t = step.iteration();
          if (t % every == 0 || step.correction() != 0 || t == last) {
            visitor.accept(step);
          }
        });
  }
}
