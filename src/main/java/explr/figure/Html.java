package explr.figure;

/** Text for pages. */
public final class Html {

  private Html() {}

  /** Escapes text for use in an element or a quoted attribute. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /**
   * {@linkplain #escape Escapes} text and raises the exponents of powers of ten, with a minus sign
   * in place of a hyphen: 10<sup>26.1</sup>, 10<sup>−5.8</sup>.
   */
  public static String withPowers(String text) {
    return escape(text)
        .replaceAll("10\\^-([0-9.]*[0-9])", "10<sup>−$1</sup>")
        .replaceAll("10\\^([0-9.]*[0-9])", "10<sup>$1</sup>");
  }
}
