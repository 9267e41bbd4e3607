package explr.cli;

import explr.experiment.Settings;
import explr.store.Store;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Lists, verifies and prunes the runs of a store. Starts no engine. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists, verifies and prunes the runs of a store.",
    subcommands = {StoreList.class, StoreVerify.class, StorePrune.class},
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done; verify: nothing is damaged, or everything damaged was repaired",
      "1:failed; verify: something is damaged",
      "2:the command line was not understood"
    })
final class StoreCommand implements Runnable {

  @Option(
      names = "--store",
      scope = ScopeType.INHERIT,
      paramLabel = "FOLDER",
      description =
          "Folder of the store. Default: the variable EXPLR_STORE, else store in EXPLR_HOME.")
  private Path folder;

  @Spec private CommandSpec spec;

  /** Starts without the classes of the other commands. */
  public static void main(String... arguments) {
    Program.run(new StoreCommand(), arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: list, verify or prune");
  }

  /** The store, which must exist: a misspelled folder is not an empty store. */
  Store store() {
    Store store = folder == null ? Settings.store(System.getenv()) : new Store(folder);
    if (!Files.isDirectory(store.folder())) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no store " + store.folder() + ": nothing was trained there yet");
    }
    return store;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
