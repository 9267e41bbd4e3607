package explr.figure;

/** Text for pages. */
public final class Html {

  private Html() {}

  /**
   * The text with the characters that HTML reserves replaced, fit for an element or a quoted
   * attribute.
   */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
