package explr.cli;

import explr.store.Catalog;
import explr.text.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Lists the runs of a store. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the runs of a store: the purpose of each, how many of its periods are done, its size,",
      "when it was last trained or read, and whether it is complete."
    })
final class StoreList implements Callable<Integer> {

  @ParentCommand private StoreCommand command;

  @Override
  public Integer call() throws IOException {
    Catalog catalog = command.store().list();
    PrintWriter out = command.out();
    List<List<String>> rows = new ArrayList<>();
    rows.add(StoreText.HEADER);
    catalog.runs().forEach(run -> rows.add(StoreText.row(run)));
    if (rows.size() > 1) {
      Columns.lines(rows).forEach(out::println);
    }
    out.println(
        StoreText.runs(catalog.runs().size())
            + ", "
            + Bytes.text(catalog.bytes())
            + " in all; periods that runs share count once");
    withoutRun(catalog).forEach(out::println);
    return Main.DONE;
  }

  /** Lines about everything that belongs to no listed run. */
  private static List<String> withoutRun(Catalog catalog) {
    List<String> lines = new ArrayList<>();
    if (!catalog.unlabelled().isEmpty()) {
      lines.add(
          StoreText.size(catalog.unlabelled())
              + " of no labelled run; environment/store prune --older-than removes them once they are"
              + " old enough");
    }
    if (!catalog.later().isEmpty()) {
      lines.add(
          StoreText.size(catalog.later())
              + " that a later version of this program wrote or may have labelled; no command of this"
              + " version removes them");
    }
    for (Path label : catalog.laterLabels()) {
      lines.add(label + " was written by a later version of this program");
    }
    if (!catalog.earlier().isEmpty()) {
      lines.add(
          StoreText.size(catalog.earlier())
              + " of version 0.1.0; environment/reproduce or a notebook takes them over when it trains"
              + " or reads their runs with the same options on the same kind of processor;"
              + " environment/store prune --older-than removes them");
    }
    for (Path label : catalog.damagedLabels()) {
      lines.add(label + " is damaged; environment/store verify --repair removes it");
    }
    if (!catalog.leftovers().isEmpty()) {
      lines.add(
          StoreText.files(catalog.leftovers().size())
              + " that killed processes were writing; environment/store prune removes them");
    }
    return lines;
  }
}
