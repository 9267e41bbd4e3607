package explr.ledger;

import explr.experiment.Curve;
import explr.experiment.KnownRun;
import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import explr.experiment.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The paper's claims, held against the runs of a profile.
 *
 * @param profile of the runs
 * @param data the name of the images that the runs were trained on; of several sorts all names
 * @param seeds that were looked at
 * @param findings a row for each claim
 */
public record Ledger(Profile profile, String data, List<Long> seeds, List<Finding> findings) {

  /** Copies lists. */
  public Ledger {
    seeds = List.copyOf(seeds);
    findings = List.copyOf(findings);
  }

  /** Holds all claims against results; trains nothing. */
  public static Ledger of(Results results, List<Long> seeds) throws IOException {
    Set<String> data = new LinkedHashSet<>();
    Map<PaperFigure, Map<RunKey, KnownRun>> known = new EnumMap<>(PaperFigure.class);
    for (PaperFigure figure : PaperFigure.values()) {
      Map<RunKey, KnownRun> runs = new HashMap<>();
      for (Curve curve : figure.curves()) {
        for (long seed : seeds) {
          results
              .find(figure, curve, seed)
              .ifPresent(
                  run -> {
                    runs.put(new RunKey(curve, seed), run);
                    data.add(run.data().name());
                  });
        }
      }
      known.put(figure, runs);
    }
    List<Finding> findings = new ArrayList<>();
    for (PaperClaim claim : PaperClaims.all()) {
      Map<RunKey, KnownRun> runs = claim.figure().map(known::get).orElse(Map.of());
      findings.add(
          Finding.of(
              claim,
              results.profile(),
              seeds,
              (curve, seed) -> Optional.ofNullable(runs.get(new RunKey(curve, seed)))));
    }
    String images = data.isEmpty() ? results.data() : String.join(" and ", data);
    return new Ledger(results.profile(), images, seeds, findings);
  }

  /** A run of a figure. */
  private record RunKey(Curve curve, long seed) {}

  /** How many claims are decided so. */
  public long count(Decision decision) {
    return count(findings, decision);
  }

  private static long count(List<Finding> findings, Decision decision) {
    return findings.stream().filter(finding -> finding.decision() == decision).count();
  }

  /** The counts in a line: {@code 12 claims hold, 1 fails, 40 are not decidable}. */
  public String summary() {
    return counts(findings);
  }

  /** The same of the claims of some figures. */
  public String summary(List<PaperFigure> figures) {
    String which =
        figures.stream().map(PaperFigure::number).sorted().collect(Collectors.joining(", "));
    return "%s (figure%s %s)"
        .formatted(
            counts(
                findings.stream()
                    .filter(
                        finding -> finding.claim().figure().filter(figures::contains).isPresent())
                    .toList()),
            figures.size() == 1 ? "" : "s",
            which);
  }

  private static String counts(List<Finding> findings) {
    long hold = count(findings, Decision.HOLDS);
    long fail = count(findings, Decision.FAILS);
    long open = count(findings, Decision.NOT_DECIDABLE);
    return "%d %s, %d %s, %d %s not decidable"
        .formatted(
            hold,
            hold == 1 ? "claim holds" : "claims hold",
            fail,
            fail == 1 ? "fails" : "fail",
            open,
            open == 1 ? "is" : "are");
  }

  /** What was looked at, in a line. */
  public String setting() {
    return "Profile %s: %s. Seeds: %s."
        .formatted(
            profile.name(),
            profile.describe(data),
            seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  /** All findings as a table for people, a row each. */
  public Table table() {
    return table("All claims", findings);
  }

  /** The findings of a figure. */
  public Table table(PaperFigure figure) {
    return table("Figure " + figure.number(), group("Figure " + figure.number()));
  }

  /** The claims of the text that no figure's runs decide. */
  public Table textTable() {
    return table("Text", group("Text"));
  }

  private List<Finding> group(String name) {
    return findings.stream().filter(finding -> finding.claim().group().equals(name)).toList();
  }

  private static Table table(String name, List<Finding> rows) {
    return Table.create(
        name,
        column("claim", rows, FindingText::statement),
        column("measure", rows, finding -> finding.claim().measure().words()),
        column("true if", rows, finding -> finding.claim().threshold().toString()),
        column("found", rows, FindingText::value),
        column("interval", rows, FindingText::interval),
        column("verdict", rows, FindingText::verdict));
  }

  private static StringColumn column(
      String name, List<Finding> rows, Function<Finding, String> text) {
    return StringColumn.create(name, rows.stream().map(text));
  }
}
