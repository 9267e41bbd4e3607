package explr.format;

/**
 * The part of an exported module that is for one framework: a Python file of a docstring, imports
 * and code, with two blank lines before the code.
 *
 * @param usage the docstring, which describes how to use the module
 * @param imports the imports
 * @param code what follows
 */
record FrameworkPart(String usage, String imports, String code) {

  private static final String QUOTES = "\"\"\"\n";

  static FrameworkPart of(String text) {
    int end = text.indexOf("\n" + QUOTES);
    int code = text.indexOf("\n\n\n", end);
    return new FrameworkPart(
        text.substring(QUOTES.length() - 1, end),
        text.substring(end + 1 + QUOTES.length(), code).strip(),
        text.substring(code + 3));
  }
}
