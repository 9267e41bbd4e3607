package explr.cli;

import explr.experiment.PaperFigure;
import explr.experiment.Results;
import explr.figure.Export;
import explr.figure.Figure;
import explr.ledger.Ledger;
import explr.ledger.LedgerFiles;
import explr.paper.PaperFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures and claims of results, as files.
 *
 * @param folder where they go
 * @param python the Python that writes pictures
 */
record Outputs(Path folder, Path python) {

  /**
   * Writes figures as pages and pictures, and all claims; says which files.
   *
   * @param figures to draw; the claims of these are counted
   */
  void write(List<PaperFigure> figures, Results results, List<Long> seeds) throws IOException {
    Files.createDirectories(folder);
    draw(figures, results, seeds);
    Ledger ledger = Ledger.of(results, seeds);
    System.out.println(
        "Claims: " + LedgerFiles.write(ledger, folder) + ": " + ledger.summary(figures));
  }

  private void draw(List<PaperFigure> figures, Results results, List<Long> seeds)
      throws IOException {
    Map<Path, Figure> pictures = new LinkedHashMap<>();
    for (PaperFigure wanted : figures) {
      Figure figure = PaperFigures.draw(wanted, results.of(wanted, seeds));
      Path page = Export.html(figure, folder.resolve(wanted.fileName() + ".html"));
      System.out.println("Figure: " + page + "\n  " + figure.caption());
      for (String kind : List.of("png", "svg")) {
        pictures.put(folder.resolve(wanted.fileName() + "." + kind), figure);
      }
    }
    report(Export.pictures(pictures, python));
  }

  private static void report(Export.Pictures pictures) {
    if (pictures instanceof Export.Pictures.Written written) {
      written.files().forEach(file -> System.out.println("Figure: " + file));
    } else if (pictures instanceof Export.Pictures.NotWritten missing) {
      System.out.println("No PNG and SVG: " + missing.reason() + "; " + missing.remedy());
    }
  }
}
