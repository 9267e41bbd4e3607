package explr.equivalence;

import explr.engine.Precision;
import explr.training.Task;

/** A number type and an ε under which runs are compared in lock-step. */
public enum Arithmetic {

  /** The theorem itself: rounding at 16 digits, ε too small to matter. */
  EXACT("64 bits, negligible ε", Precision.FLOAT64, Arithmetic.NEGLIGIBLE),

  /** What the usual ε = 1e-5 costs. */
  USUAL_EPSILON("64 bits, ε = 1e-5", Precision.FLOAT64, Task.EPSILON),

  /** Rounding at 7 digits, as networks are trained. */
  ROUNDED("32 bits, negligible ε", Precision.FLOAT32, Arithmetic.NEGLIGIBLE);

  private static final double NEGLIGIBLE = 1e-20;

  private final String title;
  private final Precision precision;
  private final double epsilon;

  Arithmetic(String title, Precision precision, double epsilon) {
    this.title = title;
    this.precision = precision;
    this.epsilon = epsilon;
  }

  /** As shown to a reader. */
  public String title() {
    return title;
  }

  /** A task under this setting. */
  public Task of(Task task) {
    return task.on(task.backend().in(precision)).withEpsilon(epsilon);
  }
}
