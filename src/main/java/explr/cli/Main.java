package explr.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line behind {@code environment/reproduce}. */
@Command(name = "explr", mixinStandardHelpOptions = true, subcommands = Main.Reproduce.class)
public final class Main {

  /** Runs the command that {@code args} name and ends the program with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Command(
      name = "reproduce",
      mixinStandardHelpOptions = true,
      description = "Trains what a figure of the paper needs and draws it.")
  static final class Reproduce implements Runnable {
    @Override
    public void run() {}
  }
}
