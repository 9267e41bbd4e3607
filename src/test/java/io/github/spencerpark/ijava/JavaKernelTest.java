package io.github.spencerpark.ijava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a notebook can notice of the kernel that stands in for IJava. */
class JavaKernelTest {

  private static ClassLoader loader;
  private static Recording kernel;

  @BeforeAll
  static void start() {
    loader = Thread.currentThread().getContextClassLoader();
    kernel = new Recording(Map.of());
    IJava.kernel = kernel;
  }

  @AfterAll
  static void stop() {
    kernel.onShutdown(false);
    IJava.kernel = null;
    // A JShell in this JVM gives its thread its own.
    Thread.currentThread().setContextClassLoader(loader);
  }

  private static Object shown(JavaKernel kernel, String cell) throws CellException {
    DisplayData output = kernel.eval(cell);
    return output == null ? null : output.getData(MIMEType.TEXT_PLAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 + 1", "int two = 1 + 1; two", "int two() { return 2; }\ntwo() // two"})
  void the_last_expression_is_shown(String cell) throws Exception {
    assertThat(shown(kernel, cell)).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"int n = 2", "int m; m = 2", "2; int k = 3;", "", "// nothing", "(Object) null"})
  void what_has_no_value_shows_nothing(String cell) throws Exception {
    assertThat(shown(kernel, cell)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Random", "File", "BigDecimal", "URI", "Callable", "Preferences", "Pattern"})
  void the_packages_of_ijava_are_imported(String type) throws Exception {
    assertThat(shown(kernel, type + ".class.getSimpleName()")).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Path", "IntStream", "Function", "Instant"})
  void others_are_not(String type) {
    assertThatThrownBy(() -> kernel.eval(type + ".class"))
        .isInstanceOf(CellException.class)
        .hasMessageContaining("cannot find symbol")
        .hasMessageEndingWith("in: " + type + ".class");
  }

  @Test
  void values_are_displayed_and_replaced_without_qualification() throws Exception {
    kernel.displayed.clear();
    Object id = shown(kernel, "var id = display(\"first\"); updateDisplay(id, \"second\"); id");
    assertThat(kernel.displayed)
        .singleElement()
        .satisfies(output -> assertThat(output.getDisplayId()).isEqualTo(id))
        .satisfies(output -> assertThat(output.getData(MIMEType.TEXT_PLAIN)).isEqualTo("first"));

    kernel.eval("display(\"<b>\", \"text/html\");");
    assertThat(kernel.displayed.get(1).hasDataForType(MIMEType.TEXT_HTML)).isTrue();
    assertThat(shown(kernel, "render(\"third\")")).isEqualTo("third");
  }

  @Test
  void the_first_error_ends_the_cell() throws Exception {
    kernel.eval("int reached = 0;");
    assertThatThrownBy(
            () -> kernel.eval("reached = 1; if (true) throw new Error(\"why\"); reached = 2;"))
        .isInstanceOf(CellException.class)
        .hasMessage("java.lang.Error: why");
    assertThat(shown(kernel, "reached")).isEqualTo("1");
  }

  @Test
  void what_a_declaration_lacks_is_named() {
    assertThatThrownBy(() -> kernel.eval("int lacking() { return absent(); }\nlacking()"))
        .isInstanceOf(CellException.class)
        .hasMessageContaining("absent()");
  }

  @Test
  void an_unfinished_cell_is_an_error() {
    assertThatThrownBy(() -> kernel.eval("int whole = 1; for (;;) {"))
        .isInstanceOf(CellException.class)
        .hasMessage("the cell ends before this does: for (;;) {");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%jars a.jar",
        "%%time\n1 + 1",
        "1\n  %two()",
        "\"\"\"\n    %d\"\"\".formatted(1)",
      })
  void what_ijava_takes_for_a_magic_is_refused(String cell) {
    assertThatThrownBy(() -> kernel.eval(cell))
        .isInstanceOf(CellException.class)
        .hasMessageContaining("magic");
  }

  @Test
  void a_per_cent_sign_that_is_no_magic_is_not() throws Exception {
    assertThat(shown(kernel, "\"%d\".formatted(7\n    % 5)")).isEqualTo("2");
  }

  @Test
  void an_interrupt_ends_the_cell_and_not_the_kernel() throws Exception {
    CompletableFuture<Object> cell =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return shown(kernel, "Thread.sleep(60_000); 1");
              } catch (CellException e) {
                return e.getMessage();
              }
            });
    while (!cell.isDone()) {
      kernel.interrupt();
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(cell.get()).isEqualTo("Interrupted: the cell was interrupted");
    assertThat(shown(kernel, "1 + 1")).isEqualTo("2");
  }

  @Test
  void variables_name_class_path_and_scripts_by_globs(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("Answer.java"), ANSWER);
    Path classes = Files.createDirectory(folder.resolve("classes"));
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", classes.toString(), source.toString());
    Files.writeString(folder.resolve("a.jshell"), "import made.*;\nint answer = Answer.VALUE;");
    Files.writeString(folder.resolve("b.jshell"), "absent();");
    String scripts = folder.resolve("a.*") + File.pathSeparator + folder.resolve("b.jshell");
    JavaKernel started =
        new JavaKernel(
            Map.of(
                "IJAVA_CLASSPATH",
                folder.resolve("clas*").toString(),
                "IJAVA_STARTUP_SCRIPTS_PATH",
                scripts));

    assertThatThrownBy(() -> started.eval("answer")).hasMessageEndingWith("in: absent();");
    assertThat(shown(started, "answer")).isEqualTo("42");
    started.onShutdown(false);
  }

  private static final String ANSWER =
      "package made; public class Answer { public static final int VALUE = 42; }";

  private static final class Recording extends JavaKernel {

    final List<DisplayData> displayed = new ArrayList<>();

    Recording(Map<String, String> environment) {
      super(environment);
    }

    @Override
    public void display(DisplayData output) {
      displayed.add(output);
    }
  }
}
