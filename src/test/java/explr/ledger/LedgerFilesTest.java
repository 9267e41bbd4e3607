package explr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import explr.experiment.Curve;
import explr.experiment.KnownRun;
import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class LedgerFilesTest {

  private static final Profile TENTH = Synthetic.TENTH;

  @TempDir private Path folder;

  private final Ledger ledger = ledger();

  /** Runs of Figure 1, all flat: accuracies agree, nothing else is known. */
  private static Ledger ledger() {
    List<Long> seeds = List.of(0L, 1L);
    List<Finding> findings =
        PaperClaims.all().stream()
            .map(
                claim ->
                    Finding.of(
                        claim,
                        TENTH,
                        seeds,
                        (curve, seed) ->
                            claim
                                .figure()
                                .filter(figure -> figure == PaperFigure.FIGURE_1)
                                .map(figure -> flat(curve, seed, figure))))
            .toList();
    return new Ledger(TENTH, "<some> images", seeds, findings);
  }

  private static KnownRun flat(Curve curve, long seed, PaperFigure figure) {
    Table table = new Synthetic(seed, 1e-3).table(TENTH, figure);
    boolean recorded = curve == Curve.WEIGHT_DECAY && seed == 1;
    return new KnownRun(table, Synthetic.IMAGES, recorded);
  }

  @BeforeEach
  void aFigureAndARunLieInTheFolder() throws Exception {
    Files.writeString(folder.resolve("figure-1.html"), "");
    Files.createDirectories(folder.resolve("runs/exponential-seed-0"));
    Files.createDirectories(folder.resolve("runs/weight-decay-seed-1"));
  }

  @Test
  void countsVerdicts() {
    assertThat(ledger.count(Decision.HOLDS)).isEqualTo(5);
    assertThat(ledger.count(Decision.FAILS)).isZero();
    int open = PaperClaims.all().size() - 5;
    assertThat(ledger.summary()).isEqualTo("5 claims hold, 0 fail, %d are not decidable", open);
    long first =
        PaperClaims.all().stream()
            .filter(claim -> claim.figure().filter(PaperFigure.FIGURE_1::equals).isPresent())
            .count();
    assertThat(ledger.summary(List.of(PaperFigure.FIGURE_1)))
        .isEqualTo("5 claims hold, 0 fail, %d are not decidable (figure 1)", first - 5);
  }

  @Test
  void writesAllThreeAndLeadsToThePage() throws Exception {
    assertThat(LedgerFiles.write(ledger, folder)).isEqualTo(folder.resolve("claims.html"));
    assertThat(folder.resolve("claims.md")).isNotEmptyFile();
    assertThat(folder.resolve("claims.csv")).isNotEmptyFile();
  }

  @Test
  void thePageLinksWhatIsThereAndEscapesWhatIsNotHtml() {
    String page = LedgerFiles.html(ledger, folder);
    assertThat(page)
        .contains("<a href=\"figure-1.html\">Figure 1</a>")
        .contains("<a href=\"runs/exponential-seed-0/\">exponential-seed-0</a>")
        .contains(", exponential-seed-1<", "weight-decay-seed-1 (recorded)")
        .contains("&lt;some&gt; images")
        .doesNotContain(
            "runs/weight-decay-seed-1", "figure-2.html", "runs/exponential-seed-1", "${");
    for (PaperClaim claim : PaperClaims.all()) {
      assertThat(page).contains("id=\"" + claim.id() + "\"");
    }
  }

  @Test
  void markdownLeadsToThePictureOfAFigureIfThereIsOne() throws Exception {
    Files.writeString(folder.resolve("figure-1.svg"), "");
    assertThat(LedgerFiles.markdown(ledger, folder)).contains("## [Figure 1](figure-1.svg)\n");
    assertThat(LedgerFiles.html(ledger, folder)).contains("<a href=\"figure-1.html\">");
  }

  @Test
  void markdownHasATableAFigure() {
    String text = LedgerFiles.markdown(ledger, folder);
    assertThat(text)
        .contains("## [Figure 1](figure-1.html)\n", "## Figure 2\n", "## Text\n")
        .contains("[exponential-seed-0](runs/exponential-seed-0/)", "\\<some\\> images")
        .doesNotContain("<some>");
    assertThat(text.lines().filter(line -> line.startsWith("| ")))
        .hasSize(PaperClaims.all().size() + 7)
        .allMatch(line -> line.chars().filter(c -> c == '|').count() == 9);
  }

  @Test
  void theCsvReadsBackWithAllDigits() throws Exception {
    LedgerFiles.write(ledger, folder);
    Table table = Table.read().csv(folder.resolve("claims.csv").toFile());
    assertThat(table.rowCount()).isEqualTo(ledger.findings().size());
    Finding first = ledger.findings().get(0);
    assertThat(table.stringColumn("id").get(0)).isEqualTo(first.claim().id());
    assertThat(table.stringColumn("statement").get(0)).isEqualTo(first.claim().statement());
    assertThat(table.doubleColumn("mean").get(0)).isEqualTo(100 * first.mean().value());
    assertThat(table.stringColumn("verdict").get(0)).isEqualTo("holds");
  }

  @Test
  void tablesForANotebookHoldTheFindingsOfAFigure() {
    Table table = ledger.table(PaperFigure.FIGURE_1);
    assertThat(table.name()).isEqualTo("Figure 1");
    assertThat(table.stringColumn("found").get(0)).endsWith(" points (2 seeds)");
    assertThat(table.stringColumn("verdict").asList()).contains("holds");
    assertThat(ledger.textTable().rowCount()).isEqualTo(6);
    assertThat(ledger.table().rowCount()).isEqualTo(ledger.findings().size());
  }

  @Test
  void withoutAnyRunNothingIsDecided() {
    Finding none =
        Finding.of(PaperClaims.all().get(0), TENTH, List.of(0L), (curve, seed) -> Optional.empty());
    assertThat(FindingText.value(none)).isEmpty();
    assertThat(FindingText.interval(none)).isEmpty();
    assertThat(FindingText.verdict(none))
        .isEqualTo("not decidable: missing or unfinished: exponential-seed-0, weight-decay-seed-0");
  }
}
