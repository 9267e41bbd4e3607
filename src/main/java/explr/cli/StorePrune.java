package explr.cli;

import explr.experiment.Settings;
import explr.file.Leftovers;
import explr.store.ListedRun;
import explr.store.PruneCriteria;
import explr.store.PrunePlan;
import explr.store.Store;
import explr.text.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Removes runs from a store. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Removes the runs that meet all given criteria; at least one is required.",
      "Periods that another run needs stay, and so do runs that a process is training or a later",
      "version of this program wrote. Tables and figures in results are copies and stay."
    })
final class StorePrune implements Callable<Integer> {

  private static final Pattern AGE = Pattern.compile("(\\d{1,6})([hdw])");

  @ParentCommand private StoreCommand command;
  @Spec private CommandSpec spec;

  @Option(
      names = "--older-than",
      paramLabel = "30d",
      description = "Not trained or read for this many hours (12h), days (30d) or weeks (8w).")
  private String olderThan;

  @Option(names = "--profile", paramLabel = "NAME", description = "Trained for this profile.")
  private String profile;

  @Option(names = "--unrecorded", description = "Not the source of a recorded run.")
  private boolean unrecorded;

  @Option(
      names = "--recorded",
      paramLabel = "FOLDER",
      description =
          "Folder of recorded runs; the runs from which they were exported stay, with or without"
              + " --unrecorded. Default: the variable EXPLR_RECORDED, else notebooks/recorded.")
  private Path recorded;

  @Option(names = "--dry-run", description = "Remove nothing; show what would be removed.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    PruneCriteria criteria = criteria();
    Store store = command.store();
    PrintWriter out = command.out();
    PrunePlan plan = store.prune(criteria);
    String removes = dryRun ? "would remove " : "removing ";
    for (ListedRun run : plan.runs()) {
      out.println(removes + StoreText.description(run));
    }
    for (ListedRun run : plan.kept()) {
      out.println("keeping " + run.label() + ": " + StoreText.state(run));
    }
    if (plan.unlabelled() > 0) {
      out.println(removes + StoreText.periods(plan.unlabelled()) + " of no labelled run");
    }
    List<Path> leftovers = dryRun ? Leftovers.in(store.folder()) : Leftovers.remove(store.folder());
    PrunePlan.Removed removed =
        dryRun
            ? new PrunePlan.Removed(List.of(), plan.periods().size(), plan.bytes())
            : plan.execute();
    for (ListedRun run : removed.kept()) {
      out.println("keeping " + run.label() + ": a process has begun to train it");
    }
    out.println(
        "%s %s: %s and %s of killed processes"
            .formatted(
                dryRun ? "Would free" : "Freed",
                Bytes.text(removed.bytes()),
                StoreText.periods(removed.periods()),
                StoreText.files(leftovers.size())));
    return Main.DONE;
  }

  private PruneCriteria criteria() {
    if (olderThan == null && profile == null && !unrecorded) {
      throw new ParameterException(
          spec.commandLine(), "say which runs: --older-than 30d, --profile NAME or --unrecorded");
    }
    return new PruneCriteria(
        Optional.ofNullable(olderThan).map(this::age),
        Optional.ofNullable(profile),
        unrecorded || recorded != null ? Optional.of(recordings()) : Optional.empty());
  }

  private Path recordings() {
    return Optional.ofNullable(recorded)
        .or(() -> Settings.recorded(System.getenv()))
        .orElse(Path.of("notebooks", "recorded"));
  }

  private Duration age(String text) {
    Matcher parts = AGE.matcher(text);
    if (!parts.matches()) {
      throw new ParameterException(
          spec.commandLine(),
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
