package explr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.file.FileFailure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: picks the command and turns errors into sentences and exit codes. */
@Command(
    name = "explr",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      Reproduce.class,
      Convert.class,
      ExactnessCommand.class,
      SegmentWorker.class,
      BenchmarkCommand.class,
      WarmUp.class
    },
    description = "Exponential learning rates: converts, trains and draws.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

  /** Everything done. */
  static final int DONE = 0;

  /** Something failed; the message says what. */
  static final int FAILED = 1;

  /** The command line was not understood. */
  static final int USAGE = 2;

  /** Stopped by a signal; the same command continues from there. */
  static final int STOPPED = 75;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs the command that {@code arguments} name and ends the program with its exit code. */
  public static void main(String[] arguments) {
    // Java 17 prints in the locale's encoding, which may not have η or ‖w‖.
    System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8));
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    IExecutionExceptionHandler handler =
        (exception, commandLine, parsed) -> {
          commandLine.getErr().println("explr: " + sentence(exception));
          return FAILED;
        };
    IParameterExceptionHandler misunderstood =
        (exception, arguments) -> {
          CommandLine command = exception.getCommandLine();
          PrintWriter err = command.getErr();
          err.println("explr: " + exception.getMessage());
          UnmatchedArgumentException.printSuggestions(exception, err);
          err.println(
              command.getParent() == null
                  ? command.getUsageMessage()
                  : "environment/" + command.getCommandName() + " --help tells what it takes.");
          return USAGE;
        };
    // In UTF-8 whatever the locale: what is printed may be a file that another program reads.
    return new CommandLine(new Main())
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(misunderstood)
        .setExecutionExceptionHandler(handler);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  private static String sentence(Exception exception) {
    if (exception instanceof IOException failure) {
      return FileFailure.reason(failure);
    }
    if (exception instanceof UncheckedIOException failure) {
      return FileFailure.reason(failure);
    }
    String message = exception.getMessage();
    return message == null ? exception.getClass().getSimpleName() : message;
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"explr " + (version == null ? "development" : version)};
    }
  }
}
