package explr.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {

  @Test
  void theTablesHaveTheseColumns() {
    assertThat(Column.perPeriod(List.of("w")))
        .extracting(Column::name)
        .containsExactly(
            "epoch",
            "iteration",
            "train_loss",
            "train_accuracy",
            "test_loss",
            "test_accuracy",
            "log10_learning_rate",
            "growth",
            "log10_norm[w]",
            "angle[w]",
            "log10_effective_rate[w]");
    assertThat(Column.perStep(List.of("w", "v")))
        .extracting(Column::name)
        .containsExactly(
            "iteration", "loss", "log10_learning_rate", "log10_norm[w]", "log10_norm[v]");
  }

  @Test
  void aColumnIsFoundByItsName() {
    for (Column column : Column.perPeriod(List.of("w"))) {
      assertThat(Column.named(column.name())).isEqualTo(column);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a\"b", "a\nb"})
  void aWeightWhoseNameWouldBreakTheFileIsRefused(String weight) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.perPeriod(List.of(weight)))
        .withMessageContaining(weight);
  }
}
