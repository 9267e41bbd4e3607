package explr;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What machines read does not depend on the locale: in fa_IR, {@code "%d".formatted(12)} is ۱۲,
 * which no parser of JSON, CSV or Python reads.
 */
class MachineTextTest {

  /** Packages that write files and exports for machines. */
  private static final String[] WRITING = {
    "explr.csv", "explr.file", "explr.format", "explr.measurement", "explr.store"
  };

  private static final Set<String> FORMATTING =
      Set.of("format", "formatted", "printf", "toLowerCase", "toUpperCase");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("explr");

  private static final DescribedPredicate<JavaCall<?>> DEFAULT_LOCALE =
      DescribedPredicate.describe(
          "formats in the default locale",
          call ->
              FORMATTING.contains(call.getTarget().getName())
                  && call.getTargetOwner().getPackageName().startsWith("java.")
                  && !takesALocale(call.getTarget().getRawParameterTypes()));

  private static boolean takesALocale(List<JavaClass> parameters) {
    return !parameters.isEmpty() && parameters.get(0).isEquivalentTo(Locale.class);
  }

  private static void check(DescribedPredicate<JavaClass> where) {
    noClasses().that(where).should().callCodeUnitWhere(DEFAULT_LOCALE).check(CLASSES);
  }

  @Test
  void packagesThatWriteForMachinesNameTheLocale() {
    check(resideInAnyPackage(WRITING));
    check(DescribedPredicate.describe("MXNet's graph", c -> c.getSimpleName().equals("MxGraph")));
  }

  @Test
  void theRuleFailsWhereAMessageIsFormattedForPeople() {
    assertThatThrownBy(() -> check(resideInAnyPackage("explr.network")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("formatted");
  }
}
