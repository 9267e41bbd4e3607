package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.util.GlobFinder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * Cells run one after another in one JShell: snippet by snippet, the first error ends the cell, and
 * the value of its last expression is what the cell shows.
 */
final class Shell implements AutoCloseable {

  /** Globs of jars and folders for the cells' code, separated as paths are on this system. */
  static final String CLASS_PATH = "IJAVA_CLASSPATH";

  /** Globs of scripts that run before the first cell, separated likewise. */
  static final String SCRIPTS = "IJAVA_STARTUP_SCRIPTS_PATH";

  private static final String START =
      """
      import java.util.*;
      import java.io.*;
      import java.math.*;
      import java.net.*;
      import java.util.concurrent.*;
      import java.util.prefs.*;
      import java.util.regex.*;
      import static io.github.spencerpark.ijava.runtime.Display.*;
      void printf(String format, Object... values) { System.out.printf(format, values); }
      """;

  /** What is an expression to a reader; an assignment or a declaration shows nothing. */
  private static final Set<SubKind> SHOWN =
      EnumSet.of(
          SubKind.VAR_VALUE_SUBKIND,
          SubKind.OTHER_EXPRESSION_SUBKIND,
          SubKind.TEMP_VAR_EXPRESSION_SUBKIND);

  /**
   * A word behind a per cent sign that begins a line: to IJava a magic, though it may be meant as
   * Java.
   */
  private static final Pattern MAGIC = Pattern.compile("^\\s*%%?\\w+", Pattern.MULTILINE);

  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private final Snippets snippets;
  private final Queue<String> scripts;

  private Shell(JShell shell, Snippets snippets, Queue<String> scripts) {
    this.shell = shell;
    this.analysis = shell.sourceCodeAnalysis();
    this.snippets = snippets;
    this.scripts = scripts;
  }

  /**
   * A shell with the class path and the scripts that the variables name.
   *
   * @throws UncheckedIOException if a script cannot be read
   */
  static Shell open(Map<String, String> environment) {
    Snippets snippets = new Snippets();
    JShell shell = JShell.builder().executionEngine(snippets.provider(), Map.of()).build();
    files(environment.get(CLASS_PATH)).forEach(path -> shell.addToClasspath(path.toString()));
    Queue<String> scripts = new ArrayDeque<>(List.of(START));
    files(environment.get(SCRIPTS)).forEach(path -> scripts.add(read(path)));
    return new Shell(shell, snippets, scripts);
  }

  /**
   * Runs a cell; before the first one the scripts, so that their errors are shown in the notebook.
   *
   * @return the value of the last expression, or null where the cell ends with something else
   */
  Object run(String cell) throws CellException {
    while (!scripts.isEmpty()) {
      evaluate(scripts.remove());
    }
    if (MAGIC.matcher(cell).find()) {
      throw new CellException(
          "IJava takes a line that begins with % for a magic, and here are none");
    }
    return evaluate(cell);
  }

  /** Ends the running cell with an error; code that does not mind interrupts goes on unseen. */
  void interrupt() {
    snippets.interrupt();
  }

  @Override
  public void close() {
    shell.close();
  }

  private Object evaluate(String source) throws CellException {
    Object shown = null;
    CompletionInfo next = analysis.analyzeCompletion(source);
    while (next.completeness().isComplete()) {
      shown = snippet(next.source());
      next = analysis.analyzeCompletion(next.remaining());
    }
    if (next.completeness() != Completeness.EMPTY) {
      throw new CellException("the cell ends before this does: " + next.remaining().strip());
    }
    return shown;
  }

  private Object snippet(String source) throws CellException {
    Object shown = null;
    try {
      for (SnippetEvent event : shell.eval(source)) {
        // Others tell what became of earlier snippets through this one.
        if (event.causeSnippet() == null) {
          check(event);
          boolean hasValue = SHOWN.contains(event.snippet().subKind());
          shown = hasValue ? snippets.value(event.value()) : null;
        }
      }
    } finally {
      snippets.forget();
    }
    return shown;
  }

  private void check(SnippetEvent event) throws CellException {
    if (event.exception() != null) {
      throw CellException.thrown(shell, event.exception());
    }
    if (!event.status().isDefined()) {
      throw CellException.rejected(shell, event.snippet());
    }
  }

  private static List<Path> files(String globs) {
    List<Path> files = new ArrayList<>();
    if (globs == null) {
      return files;
    }
    for (String glob : globs.split(Pattern.quote(File.pathSeparator), -1)) {
      if (!glob.isBlank()) {
        try {
          new GlobFinder(glob).computeMatchingPaths().forEach(files::add);
        } catch (IOException e) {
          throw new UncheckedIOException("what " + glob + " stands for cannot be listed", e);
        }
      }
    }
    return files;
  }

  private static String read(Path script) {
    try {
      return Files.readString(script);
    } catch (IOException e) {
      throw new UncheckedIOException("the start-up script " + script + " cannot be read", e);
    }
  }
}
