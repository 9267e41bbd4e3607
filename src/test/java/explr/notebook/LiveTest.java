package explr.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveTest {

  private final RecordingFrontend page = new RecordingFrontend();
  private final List<Double> losses = new ArrayList<>(List.of(2.5));
  private final AtomicInteger drawn = new AtomicInteger();
  private long now = TimeUnit.DAYS.toNanos(1);

  @AfterEach
  void forget() {
    Notebook.close();
    Thread.interrupted();
  }

  private Figure figure() {
    drawn.incrementAndGet();
    return new Figure(List.of(Map.of("y", List.copyOf(losses))), Map.of("title", "Loss"));
  }

  private Live live() {
    Notebook.open(page);
    return Live.show(Notebook.current(), this::figure, () -> now);
  }

  private void steps(Live live, int count, long millisecondsEach) {
    for (int step = 0; step < count; step++) {
      now += TimeUnit.MILLISECONDS.toNanos(millisecondsEach);
      losses.add(1.0 / (step + 1));
      live.update();
    }
  }

  @Test
  void draws_at_most_twice_a_second() {
    Live live = live();
    steps(live, 1000, 10);

    assertThat(page.updates).isEqualTo(20);
    assertThat(drawn).hasValue(21);
  }

  @Test
  void leaves_an_ordinary_figure_with_the_last_values() {
    try (Live live = live()) {
      steps(live, 3, 1);
    }

    assertThat(page.outputs.values())
        .filteredOn(bundle -> bundle.formats().containsKey(Bundle.PLOTLY))
        .singleElement()
        .satisfies(
            bundle ->
                assertThat(bundle.formats().get(Bundle.PLOTLY))
                    .asString()
                    .contains("y=[2.5, 1.0, 0.5, " + 1.0 / 3 + "]"));
  }

  @Test
  void leaves_the_figure_after_an_error_too() {
    assertThatThrownBy(
            () -> {
              try (Live live = live()) {
                steps(live, 3, 600);
                throw new IllegalStateException("diverged");
              }
            })
        .hasMessage("diverged")
        .hasNoSuppressedExceptions();

    assertThat(page.outputs.values())
        .anySatisfy(bundle -> assertThat(bundle.formats()).containsKey(Bundle.PLOTLY));
  }

  @Test
  void the_notebook_does_not_grow_with_the_number_of_updates() {
    Notebook.open(page);
    Live live = Live.show(Notebook.current(), () -> new Figure(List.of(), Map.of()), () -> now);
    long before = page.size();
    steps(live, 100, 600);

    assertThat(page.updates).isEqualTo(100);
    assertThat(page.size()).isEqualTo(before);
  }

  @Test
  void never_sends_on_an_interrupted_thread_and_keeps_the_interrupt() {
    try (Live live = live()) {
      Thread.currentThread().interrupt();
      steps(live, 1, 600);
    }

    assertThat(page.interruptedWhenSending).isNotEmpty().doesNotContain(true);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void outside_a_notebook_nothing_is_drawn() {
    try (Live live = Live.show(Optional.empty(), this::figure, () -> now)) {
      steps(live, 3, 600);
    }

    assertThat(drawn).hasValue(0);
  }
}
