package explr.cli;

import explr.file.Leftovers;
import explr.store.DamagedFile;
import explr.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Checks a store, and repairs it if asked to. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks every checksum of a store and names each damaged file.",
      "Periods that a process is training are not checked."
    })
final class StoreVerify implements Callable<Integer> {

  @ParentCommand private StoreCommand command;

  @Option(
      names = "--repair",
      description = {
        "Remove damaged files, or write them from a copy if there is one; the next training of a run",
        "trains its missing periods again."
      })
  private boolean repair;

  @Override
  public Integer call() throws IOException {
    Store store = command.store();
    PrintWriter out = command.out();
    List<DamagedFile> findings = store.verify(repair, out::println);
    findings.forEach(out::println);
    List<Path> leftovers = repair ? Leftovers.remove(store.folder()) : Leftovers.in(store.folder());
    if (!leftovers.isEmpty()) {
      out.println(
          StoreText.files(leftovers.size())
              + " that killed processes were writing"
              + (repair ? ": removed" : "; --repair removes them"));
    }
    if (findings.isEmpty()) {
      out.println("Nothing is damaged.");
      return Main.DONE;
    }
    out.println(
        StoreText.files(findings.size())
            + (repair
                ? " repaired as described."
                : " damaged. With --repair, this command does what follows the word 'repair'."));
    return repair ? Main.DONE : Main.FAILED;
  }
}
