package explr.csv;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvReaderTest {

  private static List<List<String>> rows(String text) {
    CsvReader csv = CsvReader.of(text, "a.csv");
    List<List<String>> rows = new ArrayList<>();
    for (CsvRow row : csv) {
      rows.add(csv.columns().stream().map(row::get).toList());
    }
    return rows;
  }

  @Test
  void readsFieldsByColumnName() {
    CsvReader csv = CsvReader.of("# made\nstep, rate \n0,0.1\n5,-1e-3\n", "a.csv");
    assertThat(csv.columns()).containsExactly("step", "rate");
    List<CsvRow> rows = new ArrayList<>();
    csv.forEach(rows::add);
    assertThat(rows.get(1).whole("step")).isEqualTo(5);
    assertThat(rows.get(1).number("rate")).isEqualTo(-1e-3);
    assertThat(rows.get(1).line()).isEqualTo(4);
  }

  @Test
  void readsQuotedFieldsWithCommasQuotesAndLineBreaks() {
    assertThat(rows("\"a,b\",c\r\n\"1, 2\",\"x \"\"y\"\"\"\r\n\"3\n4\",5\r\n"))
        .containsExactly(List.of("1, 2", "x \"y\""), List.of("3\n4", "5"));
  }

  @Test
  void readsBackWhateverIsWritten() {
    Random random = new Random(4);
    String characters = "ab ,\"\n\r#\t0é\u20AC";
    for (int i = 0; i < 2000; i++) {
      int width = 2 + random.nextInt(3);
      List<String> header = IntStream.range(0, width).mapToObj(c -> "column " + c).toList();
      List<List<String>> rows = new ArrayList<>();
      for (int row = random.nextInt(4); row > 0; row--) {
        rows.add(
            IntStream.range(0, width)
                .mapToObj(
                    c ->
                        random
                            .ints(random.nextInt(5), 0, characters.length())
                            .mapToObj(k -> String.valueOf(characters.charAt(k)))
                            .reduce("", String::concat))
                .toList());
      }
      String text =
          CsvWriter.text(
              csv -> {
                csv.comment("a \"comment\", with a comma");
                csv.row(header);
                rows.forEach(csv::row);
              });
      assertThat(rows(text)).as(text).isEqualTo(rows);
    }
  }

  @Test
  void ignoresAByteOrderMarkAndBlankLinesAtBothEnds() {
    assertThat(rows("\uFEFF\"a\",b\n1,2\n\n \n")).containsExactly(List.of("1", "2"));
    assertThat(rows("\n#\n\na,b\n1,2")).containsExactly(List.of("1", "2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a,b/1,2/3          | a.csv, line 3: the header has 2 fields, this line has 1
          a,b/1,2,3          | a.csv, line 2: the header has 2 fields, this line has 3
          #/a,b//1,2         | a.csv, line 3: the line is blank, and rows follow; remove it, or write the values
          a/1//2             | a.csv, line 3: the line is blank, and rows follow; remove it, or write the values
          a,b,a/1,2,3        | a.csv, line 1: the column 'a' occurs twice; rename or remove one
          #/a, a/1,2         | a.csv, line 2: the column 'a' occurs twice; rename or remove one
          a,b/1,"2/3,4       | a.csv: Unclosed quoted field at end of input (record starting at line 2)
          a,"b/1,2           | a.csv: Unclosed quoted field at end of input (record starting at line 1)
          a,b/1,2/3,"        | a.csv: Unclosed quoted field at end of input (record starting at line 3)
          a,b/1,"2"x         | a.csv: Unexpected character after closing quote: 'x' (0x78) (record starting at line 2)
          #only a comment    | a.csv is empty; its first line must name the columns
          ``                 | a.csv is empty; its first line must name the columns
          """)
  void refusesWhatWouldShiftOrHideAValue(String text, String message) {
    assertThatThrownBy(() -> rows(text.replace('/', '\n')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void refusesOtherEncodingsWithTheFile(@TempDir Path folder) throws IOException {
    String text = "schritt,größe\n0,0.1\n";
    Path file = folder.resolve("a.csv");
    for (Charset charset : List.of(UTF_16, Charset.forName("windows-1252"))) {
      Files.write(file, text.getBytes(charset));
      assertThatThrownBy(() -> CsvReader.open(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(file + " is not text in UTF-8; save it in this encoding");
    }
    Files.write(file, text.getBytes(UTF_8));
    try (CsvReader csv = CsvReader.open(file)) {
      assertThat(csv.columns()).containsExactly("schritt", "größe");
    }
  }

  @Test
  void refusesToReadTheRowsASecondTime() {
    CsvReader csv = CsvReader.of("a\n1\n2\n", "a.csv");
    assertThat(csv.iterator().next().get("a")).isEqualTo("1");
    // The second iterator would begin after the row that the first one has read ahead.
    assertThatThrownBy(csv::iterator)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the rows of a.csv are read once; open the file again to read them again");
  }

  @Test
  void namesTheColumnsWhereOneIsMissing() {
    CsvReader csv = CsvReader.of("a,,b,\n1,2,3,4\n", "a.csv");
    assertThatThrownBy(() -> csv.require("c")).hasMessage("a.csv has no column 'c'; it has [a, b]");
    assertThat(csv.iterator().next().get("b")).isEqualTo("3");
  }

  @Test
  void aRowReadsInfinitiesAndRefusesJavasOwnNumbers() {
    CsvRow row = CsvReader.of("a,b,c,d\n-inf,Infinity,NaN,0.1f\n", "a.csv").iterator().next();
    assertThat(row.number("a")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(row.number("b")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(row.number("c")).isNaN();
    assertThatThrownBy(() -> row.number("d"))
        .hasMessage("a.csv, line 2: '0.1f' in column 'd' is not a number");
    assertThatThrownBy(() -> row.whole("c"))
        .hasMessage("a.csv, line 2: 'NaN' in column 'c' is not a whole number");
    CsvRow arabic = CsvReader.of("a\n\u0661\u0662\n", "a.csv").iterator().next();
    assertThatThrownBy(() -> arabic.whole("a")).hasMessageContaining("is not a whole number");
  }
}
