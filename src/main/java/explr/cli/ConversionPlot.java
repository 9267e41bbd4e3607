package explr.cli;

import explr.figure.Export;
import explr.figure.Export.Pictures;
import explr.figure.Figure;
import explr.format.ConvertedRecipe;
import explr.lesson.ConversionFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The picture of a conversion and the file to which it is written.
 *
 * @param file to which it is written
 * @param python the Python that draws .svg and .png
 */
record ConversionPlot(Path file, Path python) {

  private static final String PAGE = ".html";
  private static final List<String> EXTENSIONS = List.of(PAGE, ".svg", ".png");

  /**
   * The picture for a file.
   *
   * @param variables the environment; EXPLR_PYTHON names the Python
   * @throws IllegalArgumentException if the file has another extension or is a folder
   */
  static ConversionPlot to(Path file, Map<String, String> variables) {
    if (EXTENSIONS.stream().noneMatch(extension -> hasExtension(file, extension))) {
      throw new IllegalArgumentException("the name of a picture must end in .html, .svg or .png");
    }
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException("a folder has this name; choose another name");
    }
    return new ConversionPlot(file, Path.of(variables.getOrDefault("EXPLR_PYTHON", "python3")));
  }

  private static boolean hasExtension(Path file, String extension) {
    Path name = file.getFileName();
    return name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(extension);
  }

  /**
   * Draws the picture and writes it to the file.
   *
   * @throws IOException if it was not written; the message says why and what to do
   */
  void write(ConvertedRecipe converted) throws IOException {
    Figure figure = ConversionFigure.of(converted);
    if (hasExtension(file, PAGE)) {
      Export.html(figure, file);
      return;
    }
    if (Export.pictures(Map.of(file, figure), python) instanceof Pictures.NotWritten missing) {
      throw new IOException(
          "%s was not written: %s; %s, or write a page as .html"
              .formatted(file, missing.reason(), missing.remedy()));
    }
  }
}
