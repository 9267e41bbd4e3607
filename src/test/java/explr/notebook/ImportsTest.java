package explr.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ImportsTest {

  /** The command line and what measures it, which no cell calls. */
  private static final Set<String> NOT_FOR_CELLS = Set.of("explr.cli", "explr.benchmark");

  @Test
  void a_notebook_imports_every_package_that_has_something_public() throws IOException {
    Set<String> imported;
    try (InputStream script = ImportsTest.class.getResourceAsStream("imports.jshell")) {
      imported =
          new String(script.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith("import explr."))
              .map(line -> line.substring("import ".length(), line.length() - ".*;".length()))
              .collect(Collectors.toSet());
    }

    Set<String> existing =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("explr").stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getPackageName)
                .filter(name -> !NOT_FOR_CELLS.contains(name))
                .collect(Collectors.toSet());

    assertThat(imported).isEqualTo(existing);
  }
}
