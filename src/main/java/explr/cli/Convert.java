package explr.cli;

import explr.conversion.Conversion;
import explr.format.ConvertedRecipe;
import explr.format.FormatReference;
import explr.format.Framework;
import explr.format.RecipeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Converts a recipe file to a run without weight decay. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = {
      "Converts a recipe with weight decay to the equivalent run without, or back, for any loss that does not change"
          + " when the weights are scaled. Warnings go to standard error."
    },
    footerHeading = "%nA recipe:%n",
    footer = {
      "  {",
      "    \"learning_rate\": {\"schedule\": \"step_decay\", \"from\": 0.1, \"divided_by\": 10,",
      "                      \"after\": [80, 120], \"per_epoch\": 391},",
      "    \"weight_decay\": 5e-4,",
      "    \"momentum\": 0.9,",
      "    \"epochs\": 160,",
      "    \"iterations_per_epoch\": 391",
      "  }",
      "Or \"iterations\": 62560. Each of the first three may be a number or a schedule."
          + " \"one_cycle\" replaces learning_rate and momentum; \"optimizer\" names the optimizer,"
          + " SGD by default. src/main/java/explr/format/README.md describes every key."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the recipe cannot be read, or there is no such conversion; the message says why",
      "2:the command line was not understood",
      "141:the reader of the output closed the pipe, as head does"
    })
final class Convert implements Callable<Integer> {

  private static final String EXAMPLE =
      "Examples: convert recipe.json --to texp++ --out python -o rates.py";
  private static final String LOG_EXAMPLE =
      "          convert --from-log metrics.csv --weight-decay 5e-4 --momentum 0.9 --between hold";

  /** The formats of the output. */
  enum Format {
    csv,
    json,
    python,
    keras,
    optax;

    boolean isModule() {
      return this != csv && this != json;
    }
  }

  @Parameters(
      paramLabel = "RECIPE.json",
      arity = "0..1",
      description = "The recipe, in the format below; --from-log replaces it.")
  private Path recipe;

  @Option(
      names = "--to",
      paramLabel = "NAME",
      defaultValue = "texp++",
      description = {
        "texp++: exact for any rate, decay and momentum; for other optimizers it selects their"
            + " own conversion.",
        "texp: exponential in each phase, with corrections of the momentum buffer between.",
        "texp--: only the exponent changes; stands for a recipe with a constant rate.",
        "exp: for constant rate, decay and momentum; a correction at the start.",
        "following-buffers: exact for AdamW, Lion, SignSGD, Muon and SGDW; their buffers are"
            + " scaled before each step.",
        "smaller-betas: for AdamW with constant hyperparameters; Adam with smaller betas and"
            + " another eps, whose buffers are not scaled.",
        "nesterov: exact for Nesterov momentum; another momentum, and the buffer is scaled"
            + " before each step.",
        "with-decay: the way back; learning_rate is then that of a run without decay, and"
            + " weight_decay the decay to add."
      })
  private String conversion;

  @Option(
      names = "--out",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = {
        "csv: a row for each iteration: learning_rate and its logarithms, weight_decay (0"
            + " except for with-decay), momentum, correction (κ), buffer_correction (κ divided"
            + " by the rate: this multiple of the weights is added to the momentum buffer before"
            + " the step), ln_scale (the logarithm of the growth of the weights). For optimizers whose buffers are"
            + " scaled: momentum, or beta1 and beta2, buffer_factor (each buffer is multiplied by it before the step,"
            + " a second moment by its square), eps, ln_scale.",
        "json: the same in columns, with the recipe, the assumptions and the exactness.",
        "python: a module that computes the same from the number of the step and applies it in PyTorch: a scheduler"
            + " for named parameter groups of the recipe's optimizer, with gradient clipping"
            + " and resuming.",
        "keras: the same module with a callback for keras.optimizers.SGD in place of the scheduler; the recipe needs"
            + " \"rate_inside_buffer\": true.",
        "optax: the same module with a gradient transformation, whose state counts the steps."
      })
  private Format format;

  @Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Write every Nth iteration, those with a correction, and the last. Only for csv and json.")
  private long every;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write; standard output by default.")
  private Path output;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description =
          "Draw both schedules and their growth, with the iteration at which float32 overflows"
              + " and the assumptions: .html, a page that a browser shows offline; .svg or .png,"
              + " which need Python 3.10 or newer and Chrome or Chromium. Without --out and"
              + " --output, only the picture is written.")
  private Path plot;

  @ArgGroup(exclusive = false, heading = "%nA training log in place of RECIPE.json:%n", order = 100)
  private LogOptions log;

  private CommandSpec spec;

  /** Adds the schedules to the footer when help is asked for. */
  @Spec
  void spec(CommandSpec injected) {
    spec = injected;
    spec.usageMessage()
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> help.footer() + schedules());
  }

  private static String schedules() {
    return Stream.of(List.of(""), FormatReference.help(), List.of("", EXAMPLE, LOG_EXAMPLE))
        .flatMap(List::stream)
        .map(line -> line + System.lineSeparator())
        .collect(Collectors.joining());
  }

  /** Runs the command alone; needs only FastCSV, Gson, picocli and plotly.js. */
  public static void main(String[] arguments) {
    Program.run(new Convert(), arguments);
  }

  @Override
  public Integer call() throws IOException {
    if ((recipe == null) == (log == null)) {
      throw new ParameterException(
          spec.commandLine(),
          recipe == null
              ? "Missing RECIPE.json, or " + LogOptions.FROM_LOG + " RUN.csv"
              : LogOptions.FROM_LOG + " takes the place of " + recipe + "; give one of them");
    }
    Conversion to = conversion();
    if (every < 1) {
      throw new ParameterException(spec.commandLine(), "--every must be at least 1, not " + every);
    }
    if (every > 1 && format.isModule()) {
      throw new ParameterException(
          spec.commandLine(), "--every is for csv and json; the Python computes every iteration");
    }
    if (plot != null && plot.equals(output)) {
      throw new ParameterException(
          spec.commandLine(), "--output and --plot name the same file; choose two files");
    }
    Optional<ConversionPlot> picture = Optional.ofNullable(plot).map(this::picture);
    PrintWriter err = spec.commandLine().getErr();
    Consumer<String> warn = warning -> err.println("explr: " + warning);
    RecipeFile source = log == null ? RecipeFile.read(recipe, warn) : log.recipe(warn);
    ConvertedRecipe converted = ConvertedRecipe.of(source, to);
    boolean pictureAlone = picture.isPresent() && output == null && !isGiven("--out");
    List<String> warnings =
        format.isModule() || pictureAlone ? converted.warnings() : converted.warningsOfNumbers();
    warnings.forEach(warn);
    if (picture.isPresent()) {
      picture.get().write(converted);
    }
    if (pictureAlone) {
      spec.commandLine().getOut().println("Figure: " + plot);
    } else {
      write(converted);
    }
    return CommandLine.ExitCode.OK;
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private ConversionPlot picture(Path file) {
    try {
      return ConversionPlot.to(file, System.getenv());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--plot " + file + ": " + e.getMessage(), e);
    }
  }

  private void write(ConvertedRecipe converted) throws IOException {
    if (output == null) {
      Writer out = new CheckedWriter(spec.commandLine().getOut());
      write(converted, out);
      out.flush();
    } else {
      try (Writer out = Files.newBufferedWriter(output)) {
        write(converted, out);
      }
    }
  }

  private void write(ConvertedRecipe converted, Writer out) throws IOException {
    switch (format) {
      case csv -> converted.writeCsv(out, every);
      case json -> converted.writeJson(out, every);
      case python -> out.write(converted.python());
      case keras -> out.write(converted.python(Framework.KERAS));
      case optax -> out.write(converted.python(Framework.OPTAX));
    }
  }

  private Conversion conversion() {
    try {
      return Conversion.named(conversion);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
