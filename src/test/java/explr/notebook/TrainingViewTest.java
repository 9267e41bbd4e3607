package explr.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import explr.schedule.Recipe;
import explr.training.Listener;
import explr.training.Period;
import explr.training.Scores;
import explr.training.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingViewTest {

  private static final int ITERATIONS = 100_000;

  private final AtomicLong nanos = new AtomicLong();
  private final RecordingFrontend page = new RecordingFrontend();

  @AfterEach
  void forget() {
    Notebook.close();
  }

  @Test
  void where_nothing_trains_nothing_is_shown() {
    try (TrainingView view = view()) {
      view.of("run", rates());
    }
    assertThat(page.outputs).isEmpty();
  }

  @Test
  void looks_at_a_step_twice_a_second_and_tells_the_time_left() {
    int looks = 0;
    try (TrainingView view = view()) {
      Listener run = view.of("run", rates());
      for (int t = 0; t < 1_000; t++) {
        if (run.wantsSteps()) {
          looks++;
          run.step(step(t));
        }
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(10));
      }
      run.period(period(1_000));
    }
    assertThat(looks).isBetween(19, 21);
    // 99,000 iterations of 10 ms.
    assertThat(last()).contains("run: iteration 1,000 of 100,000, about 17 min left", "Angle");
  }

  @Test
  void what_is_waited_for_is_said_until_training_goes_on() {
    String waiting = "another process trains what comes next (period 2 < 3); waiting for it";
    try (TrainingView view = view()) {
      Listener run = view.of("run", rates());
      run.notice(waiting);
      assertThat(texts()).containsExactly(waiting);
      assertThat(page.outputs.values().iterator().next().formats().get(Bundle.HTML))
          .isEqualTo("<p role=\"status\">" + waiting.replace("<", "&lt;") + "</p>");

      run.step(step(0));
      assertThat(texts()).doesNotContain(waiting);

      run.notice(waiting);
      assertThat(texts()).containsOnlyOnce(waiting);
    }
    assertThat(texts()).doesNotContain(waiting);
  }

  @Test
  void what_is_waited_for_is_said_on_an_interrupted_thread_too() {
    try (TrainingView view = view()) {
      Thread.currentThread().interrupt();
      view.of("run", rates()).notice("waiting");
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(page.interruptedWhenSending).isNotEmpty().doesNotContain(true);
  }

  @Test
  void what_stays_in_the_notebook_does_not_grow_with_the_run() {
    long[] sizes = new long[2];
    for (int i = 0; i < 2; i++) {
      page.outputs.clear();
      try (TrainingView view = view()) {
        Listener run = view.of("run", rates());
        for (int t = 0; t < (i + 1) * 1_000; t++) {
          nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
          run.step(step(t));
        }
      }
      sizes[i] = last().length();
    }
    assertThat(sizes[1]).isLessThan(sizes[0] * 3 / 2);
  }

  private List<String> texts() {
    return page.outputs.values().stream()
        .map(bundle -> (String) bundle.formats().get(Bundle.TEXT))
        .toList();
  }

  private TrainingView view() {
    Notebook.open(page);
    return TrainingView.open(Notebook.current(), nanos::get);
  }

  private static Recipe rates() {
    return Recipe.of(0.1, 0, 0.9, ITERATIONS);
  }

  private static Step step(int t) {
    return new Step(t, new Scores(2.0, 1, 4), -2, Map.of("w", 0.5));
  }

  private static Period period(long iteration) {
    return new Period(
        1,
        1,
        iteration,
        new Scores(2.0, 1, 4),
        new Scores(2.0, 1, 4),
        -2,
        0,
        List.of(new Period.Watched("w", 0.5, 0.1, -3)));
  }

  private String last() {
    return page.outputs.values().stream()
        .map(bundle -> Optional.ofNullable((String) bundle.formats().get(Bundle.HTML)).orElse(""))
        .filter(html -> html.contains("Training"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }
}
