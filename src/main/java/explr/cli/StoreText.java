package explr.cli;

import explr.store.ListedRun;
import explr.store.PeriodFolder;
import explr.text.Bytes;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Texts about the content of a store. */
final class StoreText {

  static final List<String> HEADER =
      List.of("profile", "run", "computed by", "periods", "size", "last used", "state");

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  private StoreText() {}

  /** A run's cells under the {@link #HEADER}. */
  static List<String> row(ListedRun run) {
    return List.of(
        run.label().profile(),
        run.label().curve() + ", seed " + run.label().seed(),
        run.computedBy(),
        run.done() + " of " + run.length(),
        Bytes.text(run.bytes()),
        DATE.format(run.lastUsed()),
        state(run));
  }

  /** All cells except the state. */
  static String description(ListedRun run) {
    return String.join(", ", row(run).subList(0, HEADER.size() - 1));
  }

  static String state(ListedRun run) {
    return switch (run.state()) {
      case COMPLETE -> "complete";
      case PARTIAL -> "partial";
      case IN_TRAINING -> "being trained by " + run.detail();
      case DAMAGED, LATER_VERSION -> run.detail();
    };
  }

  static String size(List<PeriodFolder> periods) {
    long bytes = periods.stream().mapToLong(PeriodFolder::bytes).sum();
    return periods(periods.size()) + ", " + Bytes.text(bytes) + ",";
  }

  static String runs(int count) {
    return count(count, "run");
  }

  static String periods(int count) {
    return count(count, "period");
  }

  static String files(int count) {
    return count(count, "file");
  }

  private static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
