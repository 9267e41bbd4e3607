package explr.ledger;

import explr.csv.CsvWriter;
import explr.figure.Html;
import explr.file.AtomicFile;
import explr.file.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Writes a ledger next to the figures: {@code claims.md} and {@code claims.html} for people, {@code
 * claims.csv} with all digits for programs.
 *
 * <p>Links lead to {@code figure-N.html} or {@code figure-N.svg} and {@code runs/<curve>-seed-<n>/}
 * in the same folder, where these exist.
 */
public final class LedgerFiles {

  /** How verdicts are decided. */
  private static final String RULE =
      "A claim holds if the whole interval of 90 % of its measure satisfies the threshold, fails if"
          + " none of it does, and is not decidable if it reaches across, if a run is missing, or if"
          + " the profile lacks what the claim needs. The interval comes from the spread over"
          + " seeds. Of one seed, or of two that differ by no more than their errors say, it comes from"
          + " the fluctuation inside the runs and an allowance for chance between runs: a standard"
          + " error of √(0.1/N) for accuracies, with N test images, of 0.03 for log10 of angles and of"
          + " 0.13 for log10 of norms. Changes inside one run have no allowance, and the size of a"
          + " difference (Figure 5's trajectory) nothing else. The allowances are this project's"
          + " judgement. ± is the standard deviation over seeds. † marks claims that were added, or"
          + " measured otherwise, after runs of the first seed had been seen; all other statements,"
          + " measures and thresholds were fixed before. How intervals are computed and what a"
          + " profile must have was made stricter afterwards.";

  private static final List<String> CSV_HEADER =
      List.of(
          "id",
          "figure",
          "statement",
          "source",
          "measure",
          "unit",
          "low",
          "high",
          "profile",
          "data",
          "fixed",
          "needs",
          "seeds",
          "mean",
          "deviation",
          "standard_error",
          "degrees_of_freedom",
          "interval_low",
          "interval_high",
          "verdict",
          "reason",
          "runs",
          "recorded");

  private static final List<String> PAGE = List.of(".html");

  /** Markdown is read where pages are not shown, and recorded results have none. */
  private static final List<String> PICTURE = List.of(".svg", ".html");

  private LedgerFiles() {}

  /**
   * Writes the three files, each atomically.
   *
   * @param folder that of the figures
   * @return the page
   */
  public static Path write(Ledger ledger, Path folder) throws IOException {
    AtomicFile.write(folder.resolve("claims.csv"), csv(ledger));
    AtomicFile.write(folder.resolve("claims.md"), markdown(ledger, folder));
    Path page = folder.resolve("claims.html");
    AtomicFile.write(page, html(ledger, folder));
    return page;
  }

  static String csv(Ledger ledger) {
    return CsvWriter.text(
        csv -> {
          csv.row(CSV_HEADER);
          ledger.findings().forEach(finding -> csv.row(csvRow(finding, ledger)));
        });
  }

  /** Numbers in the unit of the row. */
  private static List<String> csvRow(Finding finding, Ledger ledger) {
    PaperClaim claim = finding.claim();
    Unit unit = claim.threshold().unit();
    Estimate mean = finding.mean();
    return List.of(
        claim.id(),
        claim.group(),
        claim.statement(),
        claim.source(),
        claim.measure().words(),
        unit.suffix().strip(),
        number(unit.scaled(claim.threshold().bound().low())),
        number(unit.scaled(claim.threshold().bound().high())),
        ledger.profile().name(),
        ledger.data(),
        claim.amended() ? "after runs were seen" : "before",
        claim.need().toString(),
        finding.bySeed().keySet().stream().map(String::valueOf).collect(Collectors.joining(" ")),
        number(unit.scaled(mean.value())),
        number(unit.scaled(finding.spread())),
        number(unit.scaled(mean.standardError())),
        number(mean.known() ? mean.degreesOfFreedom() : Double.NaN),
        number(mean.known() ? unit.scaled(mean.low()) : Double.NaN),
        number(mean.known() ? unit.scaled(mean.high()) : Double.NaN),
        finding.decision().toString(),
        finding.because(),
        String.join(" ", finding.runs()),
        finding.recorded().stream().sorted().collect(Collectors.joining(" ")));
  }

  /** Unknown numbers are empty. */
  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  static String markdown(Ledger ledger, Path folder) {
    StringBuilder text = new StringBuilder("# What the paper claims, and what was found here\n");
    text.append(
        "\n%s\n\n%s.\n\n%s\n".formatted(markdownText(ledger.setting()), ledger.summary(), RULE));
    String group = "";
    for (Finding finding : ledger.findings()) {
      if (!finding.claim().group().equals(group)) {
        group = finding.claim().group();
        text.append(
            "\n## %s\n\n".formatted(link(finding, folder, PICTURE, LedgerFiles::markdownLink)));
        text.append("| claim | source | measure | true if | found | interval | verdict | runs |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
      }
      text.append(
          cells(finding).stream()
              .map(LedgerFiles::markdownText)
              .collect(Collectors.joining(" | ", "| ", " | ")));
      text.append(runs(finding, folder, LedgerFiles::markdownLink)).append(" |\n");
    }
    return text.toString();
  }

  /** Names come from users' files. */
  private static String markdownText(String text) {
    return text.replaceAll("[\\\\`*_\\[\\]<>|]", "\\\\$0");
  }

  private static String markdownLink(String target, String text) {
    return "[%s](%s)".formatted(text, target);
  }

  static String html(Ledger ledger, Path folder) {
    StringBuilder rows = new StringBuilder();
    String group = "";
    for (Finding finding : ledger.findings()) {
      if (!finding.claim().group().equals(group)) {
        rows.append(group.isEmpty() ? "" : "</tbody>\n");
        group = finding.claim().group();
        rows.append(
            "<tbody>\n<tr><th colspan=\"8\" scope=\"rowgroup\">%s</th></tr>\n"
                .formatted(link(finding, folder, PAGE, LedgerFiles::htmlLink)));
      }
      String verdict = finding.decision().name().toLowerCase(Locale.ROOT).replace('_', '-');
      rows.append("<tr id=\"%s\" class=\"%s\">".formatted(finding.claim().id(), verdict));
      List<String> cells = cells(finding).stream().map(Html::escape).toList();
      rows.append("<th scope=\"row\">").append(cells.get(0)).append("</th>");
      cells.stream().skip(1).forEach(cell -> rows.append("<td>").append(cell).append("</td>"));
      rows.append("<td>")
          .append(runs(finding, folder, LedgerFiles::htmlLink))
          .append("</td></tr>\n");
    }
    rows.append("</tbody>\n");
    return Resource.text(LedgerFiles.class, "page.html")
        .replace("${setting}", Html.escape(ledger.setting()))
        .replace("${summary}", Html.escape(ledger.summary()))
        .replace("${rule}", Html.escape(RULE))
        .replace("${rows}", rows);
  }

  private static String htmlLink(String target, String text) {
    return "<a href=\"%s\">%s</a>".formatted(Html.escape(target), Html.escape(text));
  }

  private static List<String> cells(Finding finding) {
    PaperClaim claim = finding.claim();
    return List.of(
        FindingText.statement(finding),
        claim.source(),
        claim.measure().words(),
        claim.threshold().toString(),
        FindingText.value(finding),
        FindingText.interval(finding),
        FindingText.verdict(finding));
  }

  /**
   * The name of a finding's figure, a link where the figure is drawn.
   *
   * @param endings of files of the figure, the preferred first
   */
  private static String link(
      Finding finding, Path folder, List<String> endings, BiFunction<String, String, String> link) {
    String name = finding.claim().group();
    return finding.claim().figure().stream()
        .flatMap(figure -> endings.stream().map(ending -> figure.fileName() + ending))
        .filter(file -> Files.exists(folder.resolve(file)))
        .findFirst()
        .map(file -> link.apply(file, name))
        .orElse(name);
  }

  /** The runs that decided, as links where they lie next to the figures. */
  private static String runs(
      Finding finding, Path folder, BiFunction<String, String, String> link) {
    return finding.runs().stream()
        .map(
            run -> {
              String target = "runs/" + run + "/";
              if (finding.recorded().contains(run)) {
                return run + " (recorded)";
              }
              return Files.exists(folder.resolve(target)) ? link.apply(target, run) : run;
            })
        .collect(Collectors.joining(", "));
  }
}
