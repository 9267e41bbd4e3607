package explr.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImportsTest {

  /** The command line, what measures it, and the rooms below everything: no cell calls them. */
  private static final Set<String> NOT_FOR_CELLS =
      Set.of(
          "explr.cli",
          "explr.benchmark",
          "explr.csv",
          "explr.file",
          "explr.machine",
          "explr.statistics",
          "explr.text");

  /** What both Java kernels import by themselves, and what the language does. */
  private static final List<String> BY_THE_KERNEL =
      List.of(
          "java.lang",
          "java.util",
          "java.io",
          "java.math",
          "java.net",
          "java.util.concurrent",
          "java.util.prefs",
          "java.util.regex");

  private static List<String> imports() throws IOException {
    try (InputStream script = ImportsTest.class.getResourceAsStream("imports.jshell")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.substring("import ".length(), line.length() - 1))
          .toList();
    }
  }

  private static Set<String> packages(Collection<String> imports) {
    return imports.stream()
        .filter(name -> name.endsWith(".*"))
        .map(name -> name.substring(0, name.length() - ".*".length()))
        .collect(Collectors.toSet());
  }

  private static Stream<JavaClass> publicTypes(String... packages) {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(packages).stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC));
  }

  @Test
  void a_notebook_imports_every_package_that_has_something_public() throws IOException {
    Set<String> imported =
        packages(imports()).stream()
            .filter(name -> name.startsWith("explr."))
            .collect(Collectors.toSet());
    Set<String> existing =
        publicTypes("explr")
            .map(JavaClass::getPackageName)
            .filter(name -> !NOT_FOR_CELLS.contains(name))
            .collect(Collectors.toSet());

    assertThat(imported).isEqualTo(existing);
  }

  @Test
  void a_name_in_a_cell_means_one_type() throws IOException {
    List<String> imports = imports();
    Map<String, Set<String>> ambiguous = ambiguous(packages(imports));
    // A single import takes precedence over those of packages.
    imports.forEach(name -> ambiguous.remove(name.substring(name.lastIndexOf('.') + 1)));

    assertThat(ambiguous).isEmpty();
  }

  @Test
  void a_name_of_two_types_is_found() {
    assertThat(ambiguous(Set.of("java.sql"))).containsKey("Date");
  }

  /** Types by a simple name that more than one package has. */
  private static Map<String, Set<String>> ambiguous(Set<String> packages) {
    Map<String, Set<String>> types = new TreeMap<>();
    publicTypes(packages.toArray(String[]::new))
        .filter(type -> packages.contains(type.getPackageName()) && type.isTopLevelClass())
        .forEach(
            type -> {
              String name = type.getSimpleName();
              Set<String> same = types.computeIfAbsent(name, first -> new TreeSet<>());
              same.add(type.getPackageName());
              BY_THE_KERNEL.stream().filter(other -> exists(other, name)).forEach(same::add);
            });
    types.values().removeIf(same -> same.size() == 1);
    return types;
  }

  private static boolean exists(String packageName, String name) {
    try {
      Class.forName(packageName + "." + name, false, ImportsTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
