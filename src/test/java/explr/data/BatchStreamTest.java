package explr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BatchStreamTest {

  private final Batches batches = Batches.training(Made.dataset(30, 10), 8, 9);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void givesTheBatchesThatBatchesGives(int ahead) throws Exception {
    try (BatchStream stream = BatchStream.of(batches, 13, ahead)) {
      for (long t = 13; t < 40; t++) {
        Batch batch = stream.next();
        assertThat(batch.iteration()).isEqualTo(t);
        assertThat(batch.images()).isEqualTo(batches.at(t).images());
        assertThat(batch.labels()).isEqualTo(batches.at(t).labels());
      }
    }
  }

  @Test
  void aBatchStaysAsItIsUntilTheNextIsAskedFor() throws Exception {
    try (BatchStream stream = BatchStream.of(batches, 0, 1)) {
      Batch batch = stream.next();
      float[] before = batch.images().clone();
      while (maker(Thread.State.WAITING).isEmpty()) {
        Thread.onSpinWait(); // until the ring is full and its maker waits
      }
      assertThat(Arrays.equals(batch.images(), before)).isTrue();
    }
  }

  private static java.util.Optional<Thread> maker(Thread.State state) {
    return Stream.of(Thread.getAllStackTraces().keySet())
        .flatMap(java.util.Set::stream)
        .filter(t -> t.getName().equals("explr-batches") && t.getState() == state)
        .findAny();
  }

  @Test
  void anErrorOfTheThreadReachesTheCallerAfterTheBatchesBeforeIt() throws Exception {
    // The batch after the last possible iteration cannot be made: its number overflows.
    try (BatchStream stream = BatchStream.of(batches, Long.MAX_VALUE)) {
      assertThat(stream.next().iteration()).isEqualTo(Long.MAX_VALUE);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(stream::next)
            .isInstanceOf(DataException.class)
            .hasMessageContaining("could not be made")
            .hasCauseInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void anInterruptLosesNoBatch() throws Exception {
    try (BatchStream stream = BatchStream.of(batches, 0)) {
      assertThat(stream.next().iteration()).isZero();
      Thread.currentThread().interrupt();
      long expected = 1;
      try {
        assertThat(stream.next().iteration()).isEqualTo(expected++);
      } catch (InterruptedException e) {
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
      }
      Thread.interrupted();
      assertThat(stream.next().iteration()).isEqualTo(expected);
    }
  }

  @Test
  void closingEndsTheThreadAndFreesOneThatWaits() throws Exception {
    BatchStream stream = BatchStream.of(batches, 0);
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (true) {
                  stream.next();
                }
              } catch (InterruptedException e) {
                throw new IllegalArgumentException(e);
              }
            });
    stream.close();
    stream.close();
    assertThatThrownBy(() -> reader.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    stream.join();
    assertThatThrownBy(stream::next).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatThrownBy(() -> BatchStream.of(batches, -1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> BatchStream.of(batches, 0, 0)).hasMessageContaining("not 0");
  }
}
