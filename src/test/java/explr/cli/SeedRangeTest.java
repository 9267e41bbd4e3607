package explr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedRangeTest {

  private static List<Long> seeds(String... parts) {
    return SeedRange.seeds(Stream.of(parts).map(new SeedRange.Converter()::convert).toList());
  }

  @Test
  void aRangeIsAllItsSeedsAndEachIsThereOnce() {
    assertThat(seeds("0-3")).containsExactly(0L, 1L, 2L, 3L);
    assertThat(seeds("7", "2-2", " 5-7 ")).containsExactly(7L, 2L, 5L, 6L);
    assertThat(seeds("-4", "-1-1")).containsExactly(-4L, -1L, 0L, 1L);
  }

  @ParameterizedTest
  @CsvSource({
    "x, is not a seed",
    "1-, is not a seed",
    "1-2-3, is not a seed",
    "1.5, is not a seed",
    "'', is not a seed",
    "9-3, the seeds 9-3 end before they begin",
    "0-10000, the seeds 0-10000 are more than 10000",
    "99999999999999999999, is not a seed",
  })
  void whatIsNoSeedIsRefusedWithItsText(String text, String message) {
    assertThatThrownBy(() -> seeds(text)).hasMessageContaining(message);
  }
}
