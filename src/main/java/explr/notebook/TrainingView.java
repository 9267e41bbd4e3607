package explr.notebook;

import explr.experiment.PlannedRun;
import explr.figure.Html;
import explr.schedule.Rates;
import explr.training.Listener;
import explr.training.Period;
import explr.training.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a notebook shows while a cell trains: loss, accuracy, learning rate, norm and angle,
 * growing, and how long it will take.
 *
 * <pre>{@code
 * try (var view = TrainingView.open()) {
 *   Trainer.of(settings).train(plan, view::of);
 * }
 * }</pre>
 *
 * <p>It looks at a step twice a second, so that it costs training nothing, and keeps a few hundred
 * points however long that takes. Where nothing is left to train, nothing is shown. What a user
 * should know meanwhile, such as that another process trains what comes next, is said until
 * training goes on. Training that is interrupted leaves the view as it was then.
 */
public final class TrainingView implements AutoCloseable {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

  private final Optional<Notebook> notebook;
  private final LongSupplier clock;
  private final List<TrainingCurves> runs = new ArrayList<>();
  private final String notice = UUID.randomUUID().toString();
  private Optional<Live> live = Optional.empty();
  private Optional<String> said = Optional.empty();

  private TrainingView(Optional<Notebook> notebook, LongSupplier clock) {
    this.notebook = notebook;
    this.clock = clock;
  }

  /** A view that appears below the running cell with the first step. */
  public static TrainingView open() {
    return open(Notebook.current(), System::nanoTime);
  }

  static TrainingView open(Optional<Notebook> notebook, LongSupplier clock) {
    return new TrainingView(notebook, clock);
  }

  /** A listener that shows the training of a planned run. */
  public Listener of(PlannedRun run) {
    return of(run.curve().toString(), run.rates());
  }

  /** Hears of the training of a run. */
  public Listener of(String name, Rates rates) {
    return new Heard(new TrainingCurves(name, rates.iterations()));
  }

  /** Leaves what was shown last in the notebook. */
  @Override
  public void close() {
    say("");
    live.ifPresent(Live::close);
  }

  private void show(TrainingCurves run) {
    say("");
    if (!runs.contains(run)) {
      runs.add(run);
    }
    if (live.isEmpty()) {
      live = Optional.of(Live.show(notebook, () -> TrainingCurves.figure(runs), clock));
    }
    live.get().update();
  }

  /**
   * Writes a sentence below the cell, in the place of the one before; an empty one takes it away.
   */
  private void say(String sentence) {
    if (notebook.isEmpty() || sentence.equals(said.orElse(""))) {
      return;
    }
    String html = sentence.isEmpty() ? "" : "<p role=\"status\">" + Html.escape(sentence) + "</p>";
    Bundle bundle = Bundle.html(html, sentence);
    Frontend page = notebook.get().frontend();
    boolean first = said.isEmpty();
    Live.uninterrupted(
        () -> {
          if (first) {
            page.display(notice, bundle);
          } else {
            page.update(notice, bundle);
          }
        });
    said = Optional.of(sentence);
  }

  private final class Heard implements Listener {
    private final TrainingCurves run;
    private long looked;
    private boolean begun;

    Heard(TrainingCurves run) {
      this.run = run;
    }

    @Override
    public boolean wantsSteps() {
      return !begun || clock.getAsLong() - looked >= PAUSE;
    }

    @Override
    public void step(Step step) {
      // Another may ask for every step.
      if (wantsSteps()) {
        looked = clock.getAsLong();
        begun = true;
        run.add(step, looked);
        show(run);
      }
    }

    @Override
    public void period(Period period) {
      run.add(period, clock.getAsLong());
      show(run);
    }

    @Override
    public void notice(String message) {
      say(message);
    }
  }
}
