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

  /** The text {@linkplain #escape escaped}, with its powers of ten raised: 10<sup>26.1</sup>. */
  public static String withPowers(String text) {
    return escape(text).replaceAll("10\\^(-?[0-9.]*[0-9])", "10<sup>$1</sup>");
  }
}
