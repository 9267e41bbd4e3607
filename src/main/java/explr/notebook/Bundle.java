package explr.notebook;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a notebook shows of one value: the same thing in several formats, of which the reader's page
 * takes the richest that it knows.
 *
 * @param formats MIME type to content: a string, or for JSON types maps, lists, numbers and strings
 */
record Bundle(Map<String, Object> formats) {

  static final String PLOTLY = "application/vnd.plotly.v1+json";
  static final String HTML = "text/html";
  static final String TEXT = "text/plain";

  /** The bundle of a value that is drawn by HTML, with the text for places that draw none. */
  static Bundle html(String html, String text) {
    Map<String, Object> formats = new LinkedHashMap<>();
    formats.put(HTML, html);
    formats.put(TEXT, text);
    return new Bundle(formats);
  }
}
