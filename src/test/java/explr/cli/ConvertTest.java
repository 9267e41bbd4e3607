package explr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import explr.conversion.Conversion;
import explr.format.ConvertedRecipe;
import explr.format.RecipeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ConvertTest {

  private static final String PAPER =
      """
      {"learning_rate": 0.1, "weight_decay": 5e-4, "momentum": 0.9,
       "epochs": %d, "iterations_per_epoch": 391%s}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  private String recipe(int epochs, String more) throws IOException {
    Path file = folder.resolve("recipe.json");
    return Files.writeString(file, PAPER.formatted(epochs, more)).toString();
  }

  @Test
  void writesCsvToStandardOutputByDefault() throws IOException {
    assertThat(run("convert", recipe(2, ""), "--every", "391")).isZero();
    assertThat(out.toString().lines().toList())
        .hasSize(2 + 3)
        .element(1)
        .asString()
        .startsWith("iteration,learning_rate,ln_learning_rate,log10_learning_rate,weight_decay");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void writesAPythonModuleToAFile() throws IOException {
    Path module = folder.resolve("rates.py");
    assertThat(run("convert", recipe(2, ""), "--to", "texp", "--out", "python", "-o", "" + module))
        .isZero();
    assertThat(module).content().contains("def schedule(t):").contains("ITERATIONS = 782");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void warnsOnStandardErrorWhereTheRateLeavesFloat32() throws IOException {
    assertThat(run("convert", recipe(240, ""), "--out", "json", "--every", "10000")).isZero();
    assertThat(err.toString()).startsWith("explr: ").contains("leaves float32").contains("231.7");
    assertThat(out.toString()).startsWith("{").doesNotContain("explr:");
  }

  @Test
  void saysInOneLineWhyThereIsNoConversion() throws IOException {
    String strong = recipe(2, "").replace("recipe", "strong");
    Files.writeString(Path.of(strong), PAPER.formatted(2, "").replace("5e-4", "0.05"));
    assertThat(run("convert", strong, "--to", "texp")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("explr: ")
        .contains("roots")
        .contains("convert by TEXP++")
        .doesNotContain("\tat ");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void saysWhereAlphaIsNotPositive() throws IOException {
    String strong = recipe(2, "");
    Files.writeString(Path.of(strong), PAPER.formatted(2, "").replace("5e-4", "0.5"));
    assertThat(run("convert", strong)).isEqualTo(1);
    assertThat(err.toString()).contains("at iteration").contains("α").hasLineCount(1);
  }

  @Test
  void convertsNesterovAndAdamWWithTheFactorOfTheirBuffers() throws IOException {
    assertThat(run("convert", recipe(2, ", \"nesterov\": true"), "--every", "391")).isZero();
    assertThat(out.toString()).contains(",momentum,buffer_factor,ln_scale\n");
    String adamW =
        """
        {"optimizer": "AdamW", "betas": [0.9, 0.999], "eps": 1e-8, "learning_rate": 1e-3,
         "weight_decay": 0.1, "iterations": 1000}
        """;
    String file = Files.writeString(folder.resolve("adamw.json"), adamW).toString();
    assertThat(run("convert", file, "--every", "999")).isZero();
    assertThat(out.toString())
        .contains(",beta1,beta2,buffer_factor,eps,ln_scale\n")
        .contains("999,0.00110517");
    assertThat(run("convert", file, "--to", "smaller-betas", "--out", "json")).isZero();
    assertThat(out.toString()).contains("\"beta1\": [0.8999");
  }

  @Test
  void refusesAdamWithItsDecayInTheGradientAndNamesWhatComesClosest() throws IOException {
    String adam =
        """
        {"optimizer": "torch.optim.Adam", "learning_rate": 1e-3, "weight_decay": 0.1, "iterations": 9}
        """;
    String file = Files.writeString(folder.resolve("adam.json"), adam).toString();
    assertThat(run("convert", file)).isEqualTo(1);
    assertThat(err.toString())
        .contains("the squares of the gradient then hold products", "\"AdamW\"", "comes closest")
        .hasLineCount(1);
  }

  @Test
  void saysWhatIsWrongWithARecipe() throws IOException {
    assertThat(run("convert", recipe(2, ", \"dampening\": 0.1"))).isEqualTo(1);
    assertThat(err.toString())
        .contains("recipe.json: dampening: 0.1: the formulas are for dampening 0");
    assertThat(run("convert", folder.resolve("none.json").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("there is no file");
  }

  @Test
  void warnsWhereRowsAreReadAsIterationsAndAColumnLooksLikeSteps() throws IOException {
    Files.writeString(folder.resolve("run.csv"), "Step,Value\n0,0.1\n7,0.2\n14,0.3\n");
    String json =
        """
        {"learning_rate": {"schedule": "table", "csv": "run.csv", "column": "Value"%s},
         "weight_decay": 5e-4, "momentum": 0.9, "iterations": %d}
        """;
    Path file = folder.resolve("logged.json");
    Files.writeString(file, json.formatted("", 3));
    assertThat(run("convert", file.toString())).isZero();
    assertThat(err.toString())
        .startsWith("explr: " + file + ": learning_rate: ")
        .contains("column 'Step' looks like steps and holds '7' in line 3", "\"step\": \"Step\"")
        .hasLineCount(1);
    err.getBuffer().setLength(0);
    Files.writeString(file, json.formatted(", \"step\": \"Step\", \"between\": \"hold\"", 21));
    assertThat(run("convert", file.toString(), "--out", "json")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"texp++", "texp", "texp--", "exp"})
  void printsNoNaNWhereTheProductOfRateAndDecayRoundsToOne(String to) throws IOException {
    Path file = folder.resolve("edge.json");
    Files.writeString(
        file,
        "{\"learning_rate\": 0.7, \"weight_decay\": 1.4285714285714286, \"momentum\": 0,"
            + " \"iterations\": 3}");
    for (String format : new String[] {"csv", "json"}) {
      assertThat(run("convert", file.toString(), "--to", to, "--out", format)).isZero();
    }
    assertThat(out.toString()).contains("37.7271992737049").doesNotContainIgnoringCase("nan");
    assertThat(run("convert", file.toString(), "--to", to, "--out", "python")).isEqualTo(1);
    assertThat(err.toString()).contains("so near 1 that the Python module would lose digits");
  }

  private String log(String content) throws IOException {
    return Files.writeString(folder.resolve("run.csv"), content).toString();
  }

  @Test
  void convertsTheLogOfATrainingAsARecipeWithItsRates() throws IOException {
    String log = log("epoch,lr-SGD,step,train_loss\n,0.1,0,\n0,,0,2.3\n,0.01,2,\n0,,2,2.1\n");
    Path file = folder.resolve("table.json");
    Files.writeString(
        file,
        "{\"learning_rate\": {\"schedule\": \"table\", \"values\": [0.1, 0.1, 0.01]},"
            + " \"weight_decay\": 5e-4, \"momentum\": 0.9, \"iterations\": 3}");
    assertThat(run("convert", file.toString(), "--out", "json")).isZero();
    String expected = out.toString();
    out.getBuffer().setLength(0);

    assertThat(
            run(
                "convert",
                "--from-log",
                log,
                "--weight-decay=5e-4",
                "--momentum=0.9",
                "--between=hold",
                "--iterations=3",
                "--out=json"))
        .isZero();
    assertThat(withoutRecipe(out.toString())).isEqualTo(withoutRecipe(expected)).contains("0.1");
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "explr: "
                + log
                + ": the learning rate is column 'lr-SGD', for iterations 0 to 2 of column 'step';"
                + " the run has 3 iterations");
  }

  /** The table of a log has a value more, which is held after the last row. */
  private static String withoutRecipe(String json) {
    return json.replaceAll("\"values\": \\[[^\\]]*\\]", "");
  }

  @Test
  void convertsALogOfEpochsAndOfOtherOptimizers() throws IOException {
    String log = log("Wall time,Step,Value\n1.5,0,0.1\n2.5,1,0.01\n");
    String[] options = {"--weight-decay", "5e-4", "--momentum", "0.9", "--per-epoch", "391"};
    assertThat(run(with(options, "convert", "--from-log", log, "--every", "391"))).isZero();
    assertThat(out.toString().lines().toList()).hasSize(2 + 3).last().asString().startsWith("781,");
    assertThat(err.toString()).contains("for epochs 0 to 1 of column 'Step'; the run has 782");
    assertThat(run(with(options, "convert", "--from-log", log, "--decoupled"))).isZero();
    assertThat(out.toString()).contains("# decoupled");
    assertThat(run(with(options, "convert", "--from-log", log, "--rate-inside-buffer"))).isZero();
    assertThat(out.toString()).contains("# rate-inside-buffer");
  }

  private static String[] with(String[] options, String... more) {
    return Stream.concat(Arrays.stream(more), Arrays.stream(options)).toArray(String[]::new);
  }

  @Test
  void saysWhatALogLacks() throws IOException {
    String log = log("step,lr\n0,0.1\n5,0.2\n");
    assertThat(run("convert", "--from-log", log)).isEqualTo(1);
    assertThat(run("convert", "--from-log", log, "--momentum", "0.9")).isEqualTo(1);
    String[] options = {"--weight-decay", "5e-4", "--momentum", "0.9"};
    assertThat(run(with(options, "convert", "--from-log", log))).isEqualTo(1);
    assertThat(run(with(options, "convert", "--from-log", log + ".csv"))).isEqualTo(1);
    assertThat(run(with(options, "convert", "--from-log", "" + folder))).isEqualTo(1);
    assertThat(
            run(with(options, "convert", "--from-log", log, "--between=hold", "--iterations=90")))
        .isEqualTo(1);
    assertThat(err.toString().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).endsWith("give --weight-decay and --momentum"),
            line -> assertThat(line).endsWith("give --weight-decay"),
            line ->
                assertThat(line).contains("run.csv, line 3: step 5 follows 0", "--between hold"),
            line -> assertThat(line).endsWith("there is no file " + log + ".csv"),
            line -> assertThat(line).endsWith(" is a folder; name the CSV file in it"),
            line -> assertThat(line).contains("values for iterations 0 … 9, not for 10"));
  }

  @Test
  void aLogTakesThePlaceOfARecipe() throws IOException {
    String log = log("step,lr\n0,0.1\n");
    assertThat(run("convert", recipe(2, ""), "--from-log", log)).isEqualTo(2);
    assertThat(err.toString()).contains("--from-log takes the place of ");
    assertThat(run("convert", "--column", "lr")).isEqualTo(2);
    assertThat(err.toString()).contains("--from-log");
  }

  @Test
  void drawsAPictureAlone() throws IOException {
    Path plot = folder.resolve("twin.html");
    assertThat(run("convert", recipe(2, ""), "--plot", "" + plot)).isZero();
    assertThat(plot).content().contains("converted, without", "weight decay 5e-4");
    assertThat(out.toString()).isEqualToIgnoringNewLines("Figure: " + plot);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void drawsAPictureAndWritesTheNumbersThatAreAskedFor() throws IOException {
    Path plot = folder.resolve("twin.HTML");
    assertThat(run("convert", recipe(2, ""), "--plot", "" + plot, "--out", "csv")).isZero();
    assertThat(out.toString()).startsWith("#").hasLineCount(2 + 782);
    assertThat(plot).exists();
    Path numbers = folder.resolve("rates.csv");
    Path other = folder.resolve("other.html");
    assertThat(run("convert", recipe(2, ""), "-o", "" + numbers, "--plot", "" + other)).isZero();
    assertThat(numbers).content().hasLineCount(2 + 782);
    assertThat(other).content().isEqualTo(Files.readString(plot));
  }

  @ParameterizedTest
  @ValueSource(strings = {"twin.pdf", "twin", "twin.htm", "twin.html.json"})
  void refusesAPictureOfAnotherKind(String name) throws IOException {
    Path plot = folder.resolve(name);
    assertThat(run("convert", recipe(2, ""), "--plot", "" + plot)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "explr: --plot " + plot + ": the name of a picture must end in .html, .svg or .png");
    assertThat(out.toString()).isEmpty();
    assertThat(plot).doesNotExist();
  }

  @Test
  void refusesAFolderAsPictureAndThePictureAsOutput() throws IOException {
    Path plot = Files.createDirectory(folder.resolve("twin.html"));
    assertThat(run("convert", recipe(2, ""), "--plot", "" + plot)).isEqualTo(2);
    assertThat(err.toString()).contains("a folder has this name; choose another name");
    String page = folder.resolve("page.html").toString();
    assertThat(run("convert", recipe(2, ""), "--plot", page, "-o", page)).isEqualTo(2);
    assertThat(err.toString()).contains("--output and --plot name the same file");
  }

  @Test
  void saysWhyAPictureCouldNotBeWritten() throws IOException {
    Path plot = Files.writeString(folder.resolve("file"), "").resolve("twin.html");
    assertThat(run("convert", recipe(2, ""), "--plot", "" + plot, "--out", "csv")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("explr: cannot write " + plot + ": ")
        .hasLineCount(1)
        .doesNotContain("\tat ");
    assertThat(out.toString()).as("numbers after a failure").isEmpty();
  }

  @Test
  void saysWhatAnSvgNeeds() throws IOException {
    ConversionPlot plot =
        ConversionPlot.to(
            folder.resolve("twin.svg"), Map.of("EXPLR_PYTHON", "" + folder.resolve("python")));
    RecipeFile recipe = RecipeFile.read(Path.of(recipe(2, "")), warning -> {});
    assertThatThrownBy(() -> plot.write(ConvertedRecipe.of(recipe, Conversion.EXP)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(plot.file() + " was not written: there is no Python at ")
        .hasMessageContaining("pip install kaleido==1.5.0")
        .hasMessageEndingWith("or write a page as .html");
  }

  @Test
  void doesNotUnderstandOtherNames() throws IOException {
    assertThat(run("convert", recipe(2, ""), "--to", "adam")).isEqualTo(2);
    assertThat(err.toString()).contains("there are exp, texp, texp++");
    assertThat(run("convert", recipe(2, ""), "--every", "0")).isEqualTo(2);
    assertThat(run("convert")).isEqualTo(2);
  }

  @Test
  void itsHelpIsComplete() {
    assertThat(run("convert", "--help")).isZero();
    assertThat(out.toString())
        .contains("RECIPE.json", "--to", "texp--", "--out", "--every", "--output", "per_epoch")
        .contains("Exit codes:");
  }

  /** Output that cannot be written. */
  private static StandardOutput failing(String reason) {
    return new StandardOutput(
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException(reason);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "python"})
  void failsWithTheReasonWhereItsOutputIsLost(String format) throws IOException {
    assertThat(runInto(failing("No space left on device"), recipe(2, ""), "--out", format)).isOne();
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "explr: standard output cannot be written: No space left on device\n");
    assertThat(runInto(failing("No space left on device"), "--help")).isOne();
    StandardOutput working = new StandardOutput(new ByteArrayOutputStream());
    assertThat(runInto(working, recipe(2, ""), "--out", format)).isZero();
  }

  @Test
  void failsWithTheReasonWhereItsFileCannotBeWritten() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    assertThat(run("convert", recipe(2, ""), "-o", full.toString())).isOne();
    assertThat(err.toString()).contains("No space left");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Broken pipe", "Datenübergabe unterbrochen (broken pipe)"})
  void endsQuietlyWhereTheReaderClosedThePipe(String reason) throws IOException {
    assertThat(runInto(failing(reason), recipe(2, ""))).isEqualTo(Program.PIPE_CLOSED);
    assertThat(runInto(failing(reason), "--help")).isEqualTo(Program.PIPE_CLOSED);
    assertThat(err.toString()).isEmpty();
  }

  /** As a shell sees it: head reads two lines and exits. */
  @Test
  void endsAsOtherToolsDoBeforeHead() throws Exception {
    Path bash = Path.of("/bin/bash");
    assumeTrue(Files.exists(bash), "this system has no /bin/bash");
    Path errors = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                bash.toString(),
                "-c",
                "\"$0\" -cp \"$1\" explr.cli.Convert \"$2\" | head -n 2; exit ${PIPESTATUS[0]}",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"),
                recipe(100, ""))
            .redirectError(errors.toFile())
            .start();
    assertThat(process.inputReader().lines()).hasSize(2);
    assertThat(process.waitFor()).isEqualTo(Program.PIPE_CLOSED);
    assertThat(errors).isEmptyFile();
  }

  private int runInto(StandardOutput output, String... arguments) {
    CommandLine commandLine = Program.commandLine(new Convert());
    commandLine
        .setOut(new PrintWriter(output.printStream(), true))
        .setErr(new PrintWriter(err, true));
    return Program.run(commandLine, output, arguments);
  }

  /** In 40 MB: a hundredth of the text would not fit into memory if it were kept. */
  @ParameterizedTest
  @ValueSource(strings = {"csv", "json"})
  void writesALongRunInLittleMemory(String format) throws Exception {
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-cp",
                System.getProperty("java.class.path"),
                "explr.cli.Convert",
                recipe(1000, ""),
                "--out",
                format)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("err"))).isZero();
    assertThat(Files.size(out)).isGreaterThan(30_000_000);
  }
}
