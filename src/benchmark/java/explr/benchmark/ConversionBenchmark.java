package explr.benchmark;

import explr.conversion.Texp;
import explr.conversion.TexpPlusPlus;
import explr.conversion.Twin;
import explr.schedule.Cosine;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long a conversion of a recipe of a million iterations takes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ConversionBenchmark {

  private static final int ITERATIONS = 1_000_000;
  private static final double WEIGHT_DECAY = 5e-4;
  private static final double MOMENTUM = 0.9;

  private final Recipe steps =
      Recipe.of(
          StepDecay.from(0.1).dividedBy(10).after(ITERATIONS / 2, ITERATIONS * 3 / 4),
          WEIGHT_DECAY,
          MOMENTUM,
          ITERATIONS);

  private final Recipe cosine =
      Recipe.of(Cosine.from(0.1).over(ITERATIONS), WEIGHT_DECAY, MOMENTUM, ITERATIONS);

  @Benchmark
  public Twin texpOfStepDecay() {
    return Texp.of(steps);
  }

  @Benchmark
  public Twin texpPlusPlusOfStepDecay() {
    return TexpPlusPlus.of(steps);
  }

  @Benchmark
  public Twin texpPlusPlusOfCosine() {
    return TexpPlusPlus.of(cosine);
  }
}
