package explr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import explr.schedule.Recipe;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * What a project gets that depends on this library for schedules and conversions: Gson and FastCSV.
 */
class DependantsTest {

  private static final Path POM = Path.of("pom.xml");

  private static final String CONVERTS =
      """
      import explr.conversion.Conversion;
      import explr.conversion.TexpPlusPlus;
      import explr.format.ConvertedRecipe;
      import explr.format.RecipeFile;
      import explr.schedule.Epochs;
      import explr.schedule.Recipe;
      import explr.schedule.StepDecay;

      class Program {
        public static void main(String[] arguments) {
          var epochs = Epochs.ofImages(50_000, 128);
          var rate = StepDecay.from(0.1).dividedBy(10).after(80, 120).perEpoch(epochs);
          var recipe = Recipe.of(rate, 5e-4, 0.9, epochs.iterations(160));
          System.out.println(TexpPlusPlus.of(recipe).learningRate(epochs.iterations(79)));
          var converted = ConvertedRecipe.of(RecipeFile.of(recipe), Conversion.named("texp++"));
          System.out.println(converted.json(10_000));
          System.out.println(converted.csv(10_000));
        }
      }
      """;

  private static final String DRAWS =
      """
      class Program {
        public static void main(String[] arguments) {
          explr.figure.TableLines.column("rate").apply(null);
        }
      }
      """;

  private static final String TRAINS =
      """
      class Program {
        public static void main(String[] arguments) {
          System.out.println(explr.engine.Precision.FLOAT32.logLargest());
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void onlyGsonAndFastCsvAreNotOptional() throws Exception {
    assertThat(passedOn(Files.readString(POM)))
        .containsExactly("com.google.code.gson:gson", "de.siegmar:fastcsv");
  }

  @Test
  void aDependencyThatIsNotOptionalIsFoundInProfilesToo() throws Exception {
    String pom = Files.readString(POM).replace("<optional>true</optional>", "");
    assertThat(passedOn(pom))
        .contains("ai.djl:api", "tech.tablesaw:tablesaw-core", "ai.djl.mxnet:mxnet-native-mkl");
  }

  @Test
  void schedulesConversionsAndTheirFilesRunWithGsonAndFastCsv() throws Exception {
    String printed = run(CONVERTS);
    assertThat(printed.lines().findFirst())
        .hasValueSatisfying(rate -> assertThat(rate).endsWith("E12"));
    assertThat(printed)
        .contains("\"conversion\": \"texp++\"", "\"learning_rate\": [", "iteration,learning_rate");
  }

  @Test
  void figuresAndTrainingDoNotRunWithThem() throws Exception {
    assertThat(run(DRAWS)).contains("NoClassDefFoundError: tech/tablesaw/api/Table");
    assertThat(run(TRAINS)).contains("NoClassDefFoundError: ai/djl");
  }

  @Test
  void theConverterIsBuiltWithTheVersionsOfThePom() throws Exception {
    Element project = parse(Files.readString(POM));
    String gson = property(project, "gson.version");
    String fastcsv = property(project, "fastcsv.version");
    String picocli = property(project, "picocli.version");
    String plotly = property(project, "plotly.version");
    assertThat(Path.of("environment/convert-jars.sha256"))
        .content()
        .containsPattern(
            "^[0-9a-f]{64}  com/google/code/gson/gson/%1$s/gson-%1$s.jar\n".formatted(gson))
        .containsPattern(
            "\n[0-9a-f]{64}  de/siegmar/fastcsv/%1$s/fastcsv-%1$s.jar\n".formatted(fastcsv))
        .containsPattern(
            "\n[0-9a-f]{64}  info/picocli/picocli/%1$s/picocli-%1$s.jar\n".formatted(picocli))
        .containsPattern(
            "\n[0-9a-f]{64}  org/webjars/npm/plotly.js-dist/%1$s/plotly.js-dist-%1$s.jar\n"
                .formatted(plotly));
  }

  /**
   * Compiles a program against everything, and runs it with the library, Gson and FastCSV alone.
   */
  private String run(String program) throws Exception {
    Path source = Files.writeString(folder.resolve("Program.java"), program);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", "" + folder, "" + source);
    assertThat(code).as("exit code of the compiler").isZero();
    String classPath =
        String.join(
            File.pathSeparator,
            "" + folder,
            place(Recipe.class),
            place(Gson.class),
            place(de.siegmar.fastcsv.reader.CsvReader.class));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "Program")
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return printed;
  }

  private static String place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** The dependencies that Maven passes on to a project which depends on this one. */
  private static List<String> passedOn(String pom) throws Exception {
    Element project = parse(pom);
    Stream<Element> profiles =
        children(project, "profiles").flatMap(each -> children(each, "profile"));
    return Stream.concat(Stream.of(project), profiles)
        .flatMap(each -> children(each, "dependencies"))
        .flatMap(each -> children(each, "dependency"))
        .filter(each -> !text(each, "optional").equals(Optional.of("true")))
        .filter(
            each -> List.of("compile", "runtime").contains(text(each, "scope").orElse("compile")))
        .map(
            each ->
                text(each, "groupId").orElseThrow() + ":" + text(each, "artifactId").orElseThrow())
        .toList();
  }

  private static String property(Element project, String name) {
    return children(project, "properties")
        .flatMap(each -> text(each, name).stream())
        .findFirst()
        .orElseThrow();
  }

  private static Element parse(String pom) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(pom.getBytes(UTF_8)))
        .getDocumentElement();
  }

  private static Optional<String> text(Element parent, String name) {
    return children(parent, name).findFirst().map(Node::getTextContent).map(String::strip);
  }

  private static Stream<Element> children(Element parent, String name) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node.getNodeName().equals(name))
        .map(Element.class::cast);
  }
}
