package explr.cli;

import explr.experiment.Settings;
import explr.file.Leftovers;
import explr.store.Catalog;
import explr.store.PruneCriteria;
import explr.store.DamagedFile;
import explr.store.ListedRun;
import explr.store.PeriodFolder;
import explr.store.PrunePlan;
import explr.store.Store;
import explr.text.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Lists, verifies and prunes what is trained. Starts no engine. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists, verifies and prunes the runs of a store.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done; verify: nothing is damaged, or all that was is repaired",
      "1:failed; verify: something is damaged",
      "2:the command line was not understood"
    })
final class StoreCommand implements Runnable {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  private static final Pattern AGE = Pattern.compile("(\\d{1,6})([hdw])");

  @Option(
      names = "--store",
      scope = ScopeType.INHERIT,
      paramLabel = "FOLDER",
      description =
          "Where runs were trained. Default: what the variable EXPLR_STORE says, else store in EXPLR_HOME.")
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

  /** The store, which must be there: a misspelled folder is not an empty store. */
  private Store store() {
    Store store = folder == null ? Settings.store(System.getenv()) : new Store(folder);
    if (!Files.isDirectory(store.folder())) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no store " + store.folder() + ": nothing was trained there yet");
    }
    return store;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Lists the runs of a store: for what each was trained, how many of its periods are done, its",
        "size, when it was last trained or read, and whether it is whole."
      })
  int list() throws IOException {
    Catalog catalog = store().list();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("profile", "run", "computed by", "periods", "size", "last used", "state"));
    catalog.runs().forEach(run -> rows.add(row(run)));
    if (rows.size() > 1) {
      Columns.lines(rows).forEach(out()::println);
    }
    out()
        .printf(
            "%s, %s in all; periods that runs share count once%n",
            count(catalog.runs().size(), "run"), Bytes.text(catalog.bytes()));
    rest(catalog);
    return Main.DONE;
  }

  private static List<String> row(ListedRun run) {
    return List.of(
        run.label().profile(),
        run.label().curve() + ", seed " + run.label().seed(),
        run.computedBy(),
        run.done() + " of " + run.length(),
        Bytes.text(run.bytes()),
        DATE.format(run.lastUsed()),
        state(run));
  }

  private static String state(ListedRun run) {
    return switch (run.state()) {
      case COMPLETE -> "complete";
      case PARTIAL -> "partial";
      case IN_TRAINING -> "being trained by " + run.detail();
      case DAMAGED, LATER_VERSION -> run.detail();
    };
  }

  /** What belongs to no run. */
  private void rest(Catalog catalog) {
    if (!catalog.unlabelled().isEmpty()) {
      out()
          .println(
              size(catalog.unlabelled())
                  + " of no labelled run; environment/store prune --older-than removes them once they are"
                  + " old enough");
    }
    if (!catalog.later().isEmpty()) {
      out()
          .println(
              size(catalog.later())
                  + " that a later version of this program wrote or may have labelled; no command of"
                  + " this version removes them");
    }
    for (Path label : catalog.laterLabels()) {
      out().println(label + " was written by a later version of this program");
    }
    if (!catalog.earlier().isEmpty()) {
      out()
          .println(
              size(catalog.earlier())
                  + " of version 0.1.0; environment/reproduce, or a notebook, takes them over when it"
                  + " needs their runs, with the options that they were trained with, on the kind of"
                  + " processor that they were trained on; environment/store prune --older-than removes"
                  + " them");
    }
    for (Path label : catalog.damagedLabels()) {
      out().println(label + " is damaged; environment/store verify --repair removes it");
    }
    if (!catalog.leftovers().isEmpty()) {
      out()
          .println(
              files(catalog.leftovers().size())
                  + " that killed processes were writing; environment/store prune removes them");
    }
  }

  private static String size(List<PeriodFolder> periods) {
    long bytes = periods.stream().mapToLong(PeriodFolder::bytes).sum();
    return periods(periods.size()) + ", " + Bytes.text(bytes) + ",";
  }

  private static String periods(int count) {
    return count(count, "period");
  }

  private static String files(int count) {
    return count(count, "file");
  }

  private static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Checks every checksum of a store, and names each damaged file.",
        "Periods that a process is training are not checked."
      })
  int verify(
      @Option(
              names = "--repair",
              description = {
                "Remove what is damaged, or write it from its copy where there is one; the next",
                "training of a run trains again what it lacks."
              })
          boolean repair)
      throws IOException {
    Store store = store();
    List<DamagedFile> findings = store.verify(repair, out()::println);
    findings.forEach(out()::println);
    int leftovers =
        (repair ? Leftovers.remove(store.folder()) : Leftovers.in(store.folder())).size();
    if (leftovers > 0) {
      out()
          .println(
              files(leftovers)
                  + " that killed processes were writing"
                  + (repair ? ": removed" : "; --repair removes them"));
    }
    if (findings.isEmpty()) {
      out().println("Nothing is damaged.");
      return Main.DONE;
    }
    out()
        .println(
            files(findings.size())
                + (repair
                    ? " repaired as described."
                    : " damaged. With --repair, this command does what is said behind 'repair'."));
    return repair ? Main.DONE : Main.FAILED;
  }

  @Command(
      name = "prune",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Removes runs for which all that is asked for holds, at least one thing.",
        "Periods that another run needs stay, and so do runs that a process is training or a later",
        "version of this program wrote. Tables and figures in results are copies and stay."
      })
  int prune(
      @Option(
              names = "--older-than",
              paramLabel = "30d",
              description =
                  "Not trained or read for so many hours (12h), days (30d) or weeks (8w).")
          String olderThan,
      @Option(names = "--profile", paramLabel = "NAME", description = "Trained for this profile.")
          String profile,
      @Option(names = "--unrecorded", description = "No recorded run was exported from it.")
          boolean unrecorded,
      @Option(
              names = "--recorded",
              paramLabel = "FOLDER",
              description =
                  "Where recorded runs lie; implies --unrecorded. Default: what the variable EXPLR_RECORDED says, else notebooks/recorded.")
          Path recorded,
      @Option(names = "--dry-run", description = "Remove nothing; show what would be removed.")
          boolean dryRun)
      throws IOException {
    PruneCriteria criteria = criteria(olderThan, profile, unrecorded, recorded);
    Store store = store();
    PrunePlan pruning = store.prune(criteria);
    for (ListedRun run : pruning.runs()) {
      out()
          .println(
              (dryRun ? "would remove " : "removing ") + String.join(", ", row(run).subList(0, 6)));
    }
    for (ListedRun run : pruning.kept()) {
      out().println("keeping " + run.label() + ": " + state(run));
    }
    if (pruning.unlabelled() > 0) {
      out()
          .println(
              (dryRun ? "would remove " : "removing ")
                  + periods(pruning.unlabelled())
                  + " of no labelled run");
    }
    int leftovers =
        (dryRun ? Leftovers.in(store.folder()) : Leftovers.remove(store.folder())).size();
    PrunePlan.Removed removed =
        dryRun
            ? new PrunePlan.Removed(List.of(), pruning.periods().size(), pruning.bytes())
            : pruning.execute();
    for (ListedRun run : removed.kept()) {
      out().println("keeping " + run.label() + ": a process has begun to train it");
    }
    out()
        .println(
            "%s %s: %s and %s of killed processes"
                .formatted(
                    dryRun ? "Would free" : "Freed",
                    Bytes.text(removed.bytes()),
                    periods(removed.periods()),
                    files(leftovers)));
    return Main.DONE;
  }

  private PruneCriteria criteria(String olderThan, String profile, boolean unrecorded, Path recorded) {
    if (olderThan == null && profile == null && !unrecorded) {
      throw new ParameterException(
          spec.commandLine(), "say which runs: --older-than 30d, --profile NAME or --unrecorded");
    }
    try {
      return new PruneCriteria(
          Optional.ofNullable(olderThan).map(StoreCommand::age),
          Optional.ofNullable(profile),
          unrecorded || recorded != null ? Optional.of(recordings(recorded)) : Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static Path recordings(Path given) {
    String variable = System.getenv("EXPLR_RECORDED");
    if (given != null) {
      return given;
    }
    return variable == null || variable.isBlank()
        ? Path.of("notebooks", "recorded")
        : Path.of(variable);
  }

  private static Duration age(String text) {
    Matcher parts = AGE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "--older-than takes hours, days or weeks, such as 12h, 30d or 8w, not '" + text + "'");
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(7 * number);
    };
  }
}
