package explr.figure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;

/** The plotly.js that comes with this program, so that no figure needs a network. */
public final class PlotlyJs {

  private static final String PACKAGE = "plotly.js-dist";

  private PlotlyJs() {}

  /** Its version, such as 3.3.1. */
  public static String version() {
    Properties properties = new Properties();
    String file = "/META-INF/maven/org.webjars.npm/" + PACKAGE + "/pom.properties";
    try (InputStream stream = resource(file)) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** Its source, about 11 MB of UTF-8. */
  public static byte[] source() {
    String file = "/META-INF/resources/webjars/" + PACKAGE + "/" + version() + "/plotly.js";
    try (InputStream stream = resource(file)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its source gzipped and in base64, about 2.6 MB, as a page carries it. */
  public static String packed() {
    return Packed.TEXT;
  }

  private static InputStream resource(String file) {
    InputStream stream = PlotlyJs.class.getResourceAsStream(file);
    if (stream == null) {
      throw new IllegalStateException(
          "the library org.webjars.npm:"
              + PACKAGE
              + " is not on the class path ("
              + file
              + " not found): build the project with Maven again");
    }
    return stream;
  }

  /** Packs once, when first asked. */
  private static final class Packed {
    static final String TEXT = pack();

    private static String pack() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(source());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
  }
}
