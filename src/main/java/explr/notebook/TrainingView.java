package explr.notebook;

import explr.experiment.Curve;
import explr.figure.Figure;
import explr.schedule.Rates;
import explr.training.Listener;
import explr.training.Period;
import explr.training.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a notebook shows while a cell trains: loss, accuracy, learning rate, norm and angle,
 * growing, and how long it will take.
 *
 * <pre>{@code
 * try (var view = TrainingView.open()) {
 *   experiment.provide(figure, 0, view::of);
 * }
 * }</pre>
 *
 * <p>It looks at a step twice a second, so that it costs training nothing, and keeps a few hundred
 * points however long that takes. Where nothing is left to train, nothing is shown. Training that
 * is interrupted leaves the view as it was then.
 */
public final class TrainingView implements AutoCloseable {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

  private final Function<Supplier<Figure>, Live> shown;
  private final LongSupplier clock;
  private final List<TrainingCurves> runs = new ArrayList<>();
  private Optional<Live> live = Optional.empty();

  private TrainingView(Function<Supplier<Figure>, Live> shown, LongSupplier clock) {
    this.shown = shown;
    this.clock = clock;
  }

  /** A view that appears below the running cell with the first step. */
  public static TrainingView open() {
    return new TrainingView(Live::show, System::nanoTime);
  }

  static TrainingView open(Optional<Notebook> notebook, LongSupplier clock) {
    return new TrainingView(figure -> Live.show(notebook, figure, clock), clock);
  }

  /** Hears of the training of a curve's run. */
  public Listener of(Curve curve) {
    return of(curve.name(), curve.rates());
  }

  /** Hears of the training of a run. */
  public Listener of(String name, Rates rates) {
    return new Heard(new TrainingCurves(name, rates.iterations()));
  }

  /** Leaves what was shown last in the notebook. */
  @Override
  public void close() {
    live.ifPresent(Live::close);
  }

  private void show(TrainingCurves run) {
    if (!runs.contains(run)) {
      runs.add(run);
    }
    if (live.isEmpty()) {
      live = Optional.of(shown.apply(() -> TrainingCurves.figure(runs)));
    }
    live.get().update();
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
  }
}
