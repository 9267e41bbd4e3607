package explr.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line with all commands. */
@Command(
    name = "explr",
    mixinStandardHelpOptions = true,
    subcommands = {
      Reproduce.class,
      Convert.class,
      ExactnessCommand.class,
      EquilibriumCommand.class,
      StoreCommand.class,
      SegmentWorker.class,
      BenchmarkCommand.class,
      WarmUp.class,
      UnservedCards.class
    },
    description = "Exponential learning rates: converts, trains and draws.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

  /** Everything done. */
  static final int DONE = CommandLine.ExitCode.OK;

  /** Something failed; the message says what. */
  static final int FAILED = CommandLine.ExitCode.SOFTWARE;

  /** The command line was not understood. */
  static final int USAGE = CommandLine.ExitCode.USAGE;

  /** Stopped by a signal; the same command resumes where it stopped. */
  static final int STOPPED = 75;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs the command that {@code arguments} name and ends the program with its exit code. */
  public static void main(String[] arguments) {
    Program.run(new Main(), arguments);
  }

  static CommandLine commandLine() {
    return Program.commandLine(new Main());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
