package explr;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dependencies point one way: schedule → conversion → … → figure → notebook. */
class PackagesTest {

  private static final String JDK = "java..";
  private static final String DJL = "ai.djl..";
  private static final String TABLESAW = "tech.tablesaw..";
  private static final String GSON = "com.google.gson..";
  private static final String FAST_CSV = "de.siegmar.fastcsv..";

  /** What each package may use beside itself. */
  private static final Map<String, List<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("file", List.of(JDK)),
          Map.entry("machine", List.of(JDK, "com.sun.jna..")),
          Map.entry("text", List.of(JDK)),
          Map.entry("statistics", List.of(JDK)),
          Map.entry("csv", List.of(JDK, FAST_CSV)),
          Map.entry("schedule", List.of("java.lang..", "java.util..")),
          Map.entry("optimizer", List.of(JDK, "explr.schedule")),
          Map.entry("conversion", List.of(JDK, "explr.schedule", "explr.optimizer")),
          Map.entry(
              "theory",
              List.of(
                  JDK,
                  "explr.statistics",
                  "explr.schedule",
                  "explr.optimizer",
                  "explr.conversion")),
          Map.entry(
              "format",
              List.of(
                  JDK,
                  GSON,
                  "explr.csv",
                  "explr.file",
                  "explr.schedule",
                  "explr.optimizer",
                  "explr.conversion")),
          Map.entry("network", List.of(JDK)),
          Map.entry(
              "data",
              List.of(JDK, "javax.imageio..", "org.apache.commons.compress..", "explr.file")),
          Map.entry(
              "engine",
              List.of(
                  JDK,
                  "explr.statistics",
                  "explr.network",
                  "explr.machine",
                  DJL,
                  "com.sun.jna..",
                  GSON)),
          Map.entry(
              "training",
              List.of(
                  JDK,
                  "explr.schedule",
                  "explr.optimizer",
                  "explr.conversion",
                  "explr.network",
                  "explr.data",
                  "explr.engine",
                  "ai.djl.ndarray..")),
          Map.entry(
              "equivalence",
              List.of(
                  JDK,
                  "explr.csv",
                  "explr.file",
                  "explr.machine",
                  "explr.text",
                  "explr.statistics",
                  TABLESAW,
                  "explr.schedule",
                  "explr.optimizer",
                  "explr.conversion",
                  "explr.network",
                  "explr.data",
                  "explr.engine",
                  "explr.training",
                  "explr.measurement",
                  "explr.figure")),
          Map.entry(
              "equilibrium",
              List.of(
                  JDK,
                  "explr.csv",
                  "explr.file",
                  "explr.text",
                  "explr.statistics",
                  TABLESAW,
                  "explr.schedule",
                  "explr.optimizer",
                  "explr.theory",
                  "explr.network",
                  "explr.data",
                  "explr.training",
                  "explr.figure")),
          Map.entry("measurement", List.of(JDK, TABLESAW, GSON, "explr.file", "explr.machine")),
          Map.entry(
              "figure",
              List.of(
                  JDK,
                  TABLESAW,
                  GSON,
                  "explr.file",
                  "explr.text",
                  "explr.network",
                  "explr.measurement")),
          Map.entry(
              "benchmark",
              List.of(
                  JDK,
                  "explr.csv",
                  "explr.file",
                  "explr.machine",
                  "explr.text",
                  "explr.statistics",
                  GSON,
                  DJL,
                  "explr.schedule",
                  "explr.conversion",
                  "explr.network",
                  "explr.data",
                  "explr.engine",
                  "explr.training",
                  "explr.store",
                  "explr.measurement",
                  "explr.figure")),
          Map.entry(
              "lesson",
              List.of(
                  JDK,
                  "explr.file",
                  "explr.machine",
                  "explr.text",
                  "explr.statistics",
                  TABLESAW,
                  "explr.schedule",
                  "explr.optimizer",
                  "explr.conversion",
                  "explr.format",
                  "explr.theory",
                  "explr.network",
                  "explr.engine",
                  "explr.measurement",
                  "explr.figure")),
          Map.entry(
              "store",
              List.of(
                  JDK,
                  "explr.optimizer",
                  "explr.file",
                  "explr.machine",
                  "explr.text",
                  TABLESAW,
                  GSON,
                  "ai.djl.engine",
                  "explr.schedule",
                  "explr.network",
                  "explr.data",
                  "explr.engine",
                  "explr.training",
                  "explr.measurement")),
          Map.entry(
              "experiment",
              List.of(
                  JDK,
                  "explr.file",
                  "explr.machine",
                  "explr.text",
                  "explr.statistics",
                  TABLESAW,
                  GSON,
                  "explr.store",
                  "explr.schedule",
                  "explr.conversion",
                  "explr.network",
                  "explr.data",
                  "explr.engine",
                  "explr.training",
                  "explr.measurement")),
          Map.entry(
              "paper",
              List.of(
                  JDK,
                  TABLESAW,
                  "explr.text",
                  "explr.measurement",
                  "explr.figure",
                  "explr.experiment")),
          Map.entry(
              "ledger",
              List.of(
                  JDK,
                  "explr.csv",
                  "explr.file",
                  "explr.machine",
                  "explr.text",
                  "explr.statistics",
                  TABLESAW,
                  "org.apache.commons.statistics..",
                  "explr.schedule",
                  "explr.conversion",
                  "explr.data",
                  "explr.measurement",
                  "explr.figure",
                  "explr.experiment")));

  /** What a project may use that gets Gson and FastCSV alone with this library. */
  private static final String[] LIGHT = {
    "explr.csv",
    "explr.file",
    "explr.schedule",
    "explr.optimizer",
    "explr.conversion",
    "explr.format",
    JDK,
    GSON,
    FAST_CSV
  };

  /** What may use all others. */
  private static final List<String> LAST = List.of("notebook", "cli");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("explr");

  @Test
  void eachPackageUsesOnlyWhatLiesBeforeIt() {
    ALLOWED.forEach(PackagesTest::check);
  }

  @Test
  void everyPackageIsLookedAt() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(ALLOWED.keySet().stream(), LAST.stream())
                .map(name -> "explr." + name)
                .toList());
  }

  @Test
  void nothingUsesTheNotebookOrTheCommandLine() {
    LAST.forEach(PackagesTest::checkUnused);
  }

  @Test
  void theRulesFailWhereAnImportIsNotAllowed() {
    assertThatThrownBy(() -> check("conversion", List.of(JDK)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("explr.schedule");
    assertThatThrownBy(() -> checkUnused("experiment"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("explr.cli");
  }

  @Test
  void schedulesConversionsAndFormatsUseNoLibraryButGsonAndFastCsv() {
    checkLight(
        "explr.csv",
        "explr.file",
        "explr.schedule",
        "explr.optimizer",
        "explr.conversion",
        "explr.format");
    assertThatThrownBy(() -> checkLight("explr.measurement"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("tech.tablesaw");
  }

  private static void checkLight(String... packages) {
    classes()
        .that(resideInAnyPackage(packages))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(LIGHT))
        .check(CLASSES);
  }

  private static void checkUnused(String name) {
    noClasses()
        .that(resideOutsideOfPackage("explr." + name))
        .should()
        .dependOnClassesThat(resideInAPackage("explr." + name))
        .check(CLASSES);
  }

  private static void check(String name, List<String> allowed) {
    String[] packages =
        Stream.concat(Stream.of("explr." + name), allowed.stream()).toArray(String[]::new);
    classes()
        .that(resideInAPackage("explr." + name))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(packages))
        .check(CLASSES);
  }
}
