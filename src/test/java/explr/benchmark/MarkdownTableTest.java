package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {

  @Test
  void missingCellsAreEmptyAndTextStaysInItsCell() {
    MarkdownTable table = new MarkdownTable("variant", "", "steps");
    table.row(List.of("a | b\nc ", "float32", 5));
    table.row(List.of("left out"));
    assertThat(table)
        .hasToString(
            """
            | variant | | steps |
            |---|---|---|
            | a \\| b c | float32 | 5 |
            | left out | | |
            """);
  }

  @Test
  void aRowLongerThanTheHeaderIsRefused() {
    MarkdownTable table = new MarkdownTable("one");
    assertThatThrownBy(() -> table.row(List.of(1, 2))).isInstanceOf(IllegalArgumentException.class);
  }
}
