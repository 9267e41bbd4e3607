package explr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.file.FileFailure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command as a program: output in UTF-8, an error as one sentence and an exit code.
 *
 * <p>Commands that need no training engine start here without the classes of those that do.
 */
final class Program {

  /** The exit code of shells for a program that SIGPIPE ended; Java ignores this signal. */
  static final int PIPE_CLOSED = 128 + 13;

  private Program() {}

  /** Runs {@code command} with {@code arguments} and ends the program with its exit code. */
  static void run(Object command, String... arguments) {
    // Java 17 prints in the locale's encoding, which may lack η or ‖w‖.
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    System.setOut(out.printStream());
    System.exit(run(commandLine(command), out, arguments));
  }

  /**
   * Runs a command and returns its exit code. If standard output cannot be written, the code is 1
   * and the reason is printed, except if the reader of a pipe closed it: that is no error, and the
   * code is {@link #PIPE_CLOSED}. A command's own code above 1 is kept.
   */
  static int run(CommandLine commandLine, StandardOutput out, String... arguments) {
    int code = commandLine.execute(arguments);
    commandLine.getOut().flush();
    Optional<String> failure = out.failure();
    if (failure.isEmpty()) {
      return code;
    }
    if (!out.readerClosedPipe()) {
      commandLine.getErr().println("explr: " + failure.get());
    }
    if (code > CommandLine.ExitCode.SOFTWARE) {
      return code;
    }
    return out.readerClosedPipe() ? PIPE_CLOSED : CommandLine.ExitCode.SOFTWARE;
  }

  static CommandLine commandLine(Object command) {
    CommandLine commandLine = new CommandLine(command);
    commandLine.getCommandSpec().versionProvider(new Version());
    commandLine
        .getSubcommands()
        .values()
        .forEach(each -> each.getCommandSpec().versionProvider(new Version()));
    // UTF-8 in every locale: another program may read what is printed.
    return commandLine
        .setOut(new PrintWriter(System.out, true, UTF_8))
        .setErr(new PrintWriter(System.err, true, UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((exception, arguments) -> misunderstood(exception))
        .setExecutionExceptionHandler(
            (exception, failed, parsed) -> {
              String sentence = sentence(exception);
              if (!sentence.equals(StandardOutput.FAILED)) {
                failed.getErr().println("explr: " + sentence);
              }
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  private static int misunderstood(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("explr: " + exception.getMessage());
    UnmatchedArgumentException.printSuggestions(exception, err);
    err.println(
        command.getSubcommands().isEmpty()
            ? "environment/" + name(command) + " --help lists the options."
            : command.getUsageMessage());
    return CommandLine.ExitCode.USAGE;
  }

  /** The name with those of its parent commands, without the program's. */
  private static String name(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    return name.startsWith("explr ") ? name.substring("explr ".length()) : name;
  }

  /** What went wrong, for people. */
  static String sentence(Exception exception) {
    if (exception instanceof IOException failure) {
      return FileFailure.reason(failure);
    }
    if (exception instanceof UncheckedIOException failure) {
      return FileFailure.reason(failure);
    }
    String message = exception.getMessage();
    return message == null ? exception.getClass().getSimpleName() : message;
  }

  /** The version that the jar's manifest names. */
  private static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Program.class.getPackage().getImplementationVersion();
      return new String[] {"explr " + (version == null ? "development" : version)};
    }
  }
}
