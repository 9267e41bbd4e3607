package explr.notebook;

import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.text.Numbers;
import explr.text.Seconds;
import explr.training.Period;
import explr.training.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The measurements of a run while it trains. */
final class TrainingCurves {

  /** More points could not be distinguished. */
  private static final int MOST_POINTS = 400;

  private static final double NANOS = 1e9;

  private final String name;
  private final long iterations;
  private final Points<Step> steps = new Points<>();
  private final Points<Period> periods = new Points<>();
  private long begun = -1;
  private long beganAt;
  private long now;
  private long at;

  /** Starts without measurements of a run of {@code iterations}. */
  TrainingCurves(String name, long iterations) {
    this.name = name;
    this.iterations = iterations;
  }

  void add(Step step, long nanos) {
    steps.add(step);
    reached(step.iteration() + 1, nanos);
  }

  void add(Period period, long nanos) {
    periods.add(period);
    reached(period.iteration(), nanos);
  }

  private void reached(long iteration, long nanos) {
    if (begun < 0) {
      begun = iteration;
      beganAt = nanos;
    }
    now = iteration;
    at = nanos;
  }

  /** The iteration reached, and the time left at the pace so far. */
  String progress() {
    String text =
        "%s: iteration %s of %s".formatted(name, Numbers.count(now), Numbers.count(iterations));
    if (now == iterations || now == begun) {
      return text;
    }
    double seconds = (at - beganAt) / NANOS / (now - begun) * (iterations - now);
    return text + ", about " + Seconds.text(seconds) + " left";
  }

  /** Draws the runs of a view, the last of which trains. */
  static Figure figure(List<TrainingCurves> runs) {
    // The first angle comes late, and its panel must have the same range as the others.
    long reached = runs.stream().mapToLong(run -> run.now).max().orElse(0);
    Axis across = Axis.count("iteration").between(0, Math.max(1, reached));
    Function<Curve, List<Line>> lines =
        curve -> {
          List<Line> all = new ArrayList<>();
          for (int i = 0; i < runs.size(); i++) {
            all.addAll(curve.lines(runs.get(i), Color.values()[i % Color.values().length]));
          }
          return all;
        };
    Panel loss =
        Panel.of("Loss", across, Axis.linear("loss (nats)"), lines.apply(TrainingCurves::loss));
    Panel accuracy =
        Panel.of(
            "Accuracy", across, Axis.linear("accuracy (%)"), lines.apply(TrainingCurves::accuracy));
    Panel rate =
        Panel.of(
            "Learning rate",
            across,
            Axis.powersOfTen("learning rate"),
            lines.apply(TrainingCurves::rate));
    Panel norm =
        Panel.of("Norm", across, Axis.powersOfTen("‖w‖"), lines.apply(TrainingCurves::norm));
    Panel angle =
        Panel.of(
            "Angle", across, Axis.linear("angle (degrees)"), lines.apply(TrainingCurves::angle));
    String progress = runs.get(runs.size() - 1).progress();
    return new Plot(
            "Training",
            progress,
            List.of(List.of(loss, accuracy), List.of(rate, norm), List.of(angle)),
            "",
            "Loss, accuracy, learning rate, norm and angle so far against the iteration. "
                + progress
                + ".")
        .figure();
  }

  /** Evenly spaced points: whenever there are too many, every second one is dropped. */
  private static final class Points<T> {
    private final List<T> kept = new ArrayList<>();
    private long seen;
    private long stride = 1;

    void add(T point) {
      if (seen++ % stride == 0) {
        kept.add(point);
      }
      if (kept.size() > MOST_POINTS) {
        for (int i = kept.size() - 1 - kept.size() % 2; i > 0; i -= 2) {
          kept.remove(i);
        }
        stride *= 2;
      }
    }
  }

  /** Some lines of a run. */
  private interface Curve {
    List<Line> lines(TrainingCurves run, Color color);
  }

  private List<Line> loss(Color color) {
    return List.of(stepLine(name, step -> step.scores().meanLoss(), color));
  }

  private List<Line> accuracy(Color color) {
    return List.of(
        stepLine("batch", step -> 100 * step.scores().accuracy(), color).dashed(Dash.DOT),
        periodLine("test", period -> 100 * period.test().accuracy(), color));
  }

  private List<Line> rate(Color color) {
    return List.of(stepLine(name, step -> step.logLearningRate() / Math.log(10), color));
  }

  private List<Line> norm(Color color) {
    return List.of(
        stepLine(
            name,
            step -> step.log10Norms().values().stream().findFirst().orElse(Double.NaN),
            color));
  }

  private List<Line> angle(Color color) {
    return List.of(
        periodLine(
            name,
            period ->
                period.watched().isEmpty()
                    ? Double.NaN
                    : Math.toDegrees(period.watched().get(0).angle()),
            color));
  }

  private Line stepLine(String line, ToDoubleFunction<Step> value, Color color) {
    return Line.of(
        line,
        steps.kept.stream().mapToDouble(step -> step.iteration() + 1).toArray(),
        steps.kept.stream().mapToDouble(value).toArray(),
        color);
  }

  private Line periodLine(String line, ToDoubleFunction<Period> value, Color color) {
    return Line.of(
        line,
        periods.kept.stream().mapToDouble(Period::iteration).toArray(),
        periods.kept.stream().mapToDouble(value).toArray(),
        color);
  }
}
