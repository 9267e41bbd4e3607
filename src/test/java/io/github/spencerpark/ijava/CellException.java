package io.github.spencerpark.ijava;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;

/** Why a cell ended early: its text is what the notebook shows. */
final class CellException extends Exception {

  CellException(String message) {
    super(message);
    // Where the kernel noticed it is of no interest to the reader of a notebook.
    setStackTrace(new StackTraceElement[0]);
  }

  private CellException(String message, JShellException thrown) {
    super(message, thrown.getCause());
    setStackTrace(thrown.getStackTrace());
  }

  /** The cell's code threw something, or called what is not yet complete. */
  static CellException thrown(JShell shell, JShellException thrown) {
    if (thrown instanceof EvalException error) {
      return new CellException(error.getExceptionClassName() + ": " + error.getMessage(), error);
    }
    DeclarationSnippet called = ((UnresolvedReferenceException) thrown).getSnippet();
    return new CellException(rejected(shell, called).getMessage(), thrown);
  }

  /** The snippet does not compile, or lacks what it refers to. */
  static CellException rejected(JShell shell, Snippet snippet) {
    Stream<String> faults = shell.diagnostics(snippet).map(fault -> fault.getMessage(Locale.ROOT));
    Stream<String> lacking =
        snippet instanceof DeclarationSnippet declaration
            ? shell.unresolvedDependencies(declaration).map("cannot find "::concat)
            : Stream.empty();
    String reasons = Stream.concat(faults, lacking).collect(Collectors.joining("\n"));
    return new CellException(reasons + "\nin: " + snippet.source().strip());
  }
}
