package explr.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Seeds as given on the command line: {@code 3}, or {@code 0-9} for a range.
 *
 * @param first seed
 * @param last seed, not before the first
 */
record SeedRange(long first, long last) {

  private static final Pattern SYNTAX = Pattern.compile("(-?\\d{1,18})(?:-(\\d{1,18}))?");

  /** A longer range is probably a typing error, because each seed trains every curve. */
  private static final long MOST = 10_000;

  /** All seeds of the ranges, each once, in order. */
  static List<Long> seeds(List<SeedRange> ranges) {
    return ranges.stream()
        .flatMapToLong(range -> LongStream.rangeClosed(range.first, range.last))
        .distinct()
        .boxed()
        .toList();
  }

  /** Reads an item of a comma-separated list. */
  static final class Converter implements ITypeConverter<SeedRange> {
    @Override
    public SeedRange convert(String text) {
      Matcher matcher = SYNTAX.matcher(text.strip());
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'" + text + "' is not a seed, such as 3, or a range of seeds, such as 0-9");
      }
      long first = Long.parseLong(matcher.group(1));
      long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
      if (last < first || last - first >= MOST) {
        throw new TypeConversionException(
            "the seeds "
                + text
                + (last < first ? " end before they begin" : " are more than " + MOST));
      }
      return new SeedRange(first, last);
    }
  }
}
