package explr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.conversion.TexpPlusPlus;
import explr.data.Batches;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.engine.Values;
import explr.schedule.ForwardingRates;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearnerTest {

  /** Rates that are all different from step to step, with a correction at each. */
  private static final Rates CHANGING =
      new Rates() {
        @Override
        public long iterations() {
          return 5;
        }

        @Override
        public double logLearningRate(long iteration) {
          return Math.log(0.05 * (iteration + 1));
        }

        @Override
        public double weightDecay(long iteration) {
          return 1e-3 * iteration;
        }

        @Override
        public double momentum(long iteration) {
          return 0.9 - 0.1 * iteration;
        }

        @Override
        public double correction(long iteration) {
          return 1e-2 * iteration;
        }
      };

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void takesThePapersStep(EngineName engine) {
    Task task = Tasks.exact(engine);
    try (explr.engine.Network network = task.backend().open(task.architecture(), 8, 1e-20);
        Learner learner = Tasks.learner(task, network)) {
      Batches batches = task.trainingBatches();
      double[] v = new double[network.layout().weightCount()];
      for (int t = 0; t < 5; t++) {
        double[] theta = learner.state().weights();
        learner.step(CHANGING, batches.at(t)).close();
        double[] gradient = Values.values(network.gradient());
        double rate = Math.exp(CHANGING.logLearningRate(t));
        double[] expected = new double[theta.length];
        for (int i = 0; i < theta.length; i++) {
          v[i] += CHANGING.correction(t) / rate * theta[i];
          v[i] = CHANGING.momentum(t) * v[i] + gradient[i] + CHANGING.weightDecay(t) * theta[i];
          expected[i] = theta[i] - rate * v[i];
        }
        State state = learner.state();
        assertThat(distance(state.buffer(), v)).isLessThan(1e-14);
        assertThat(distance(state.weights(), expected)).isLessThan(1e-14);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void evaluationFollowsGrowingWeights(EngineName engine) throws InterruptedException {
    Recipe recipe = Recipe.of(0.1, 0.02, 0.9, 20);
    Rates twin = TexpPlusPlus.of(recipe);
    Task task = Tasks.exact(engine);
    Logits decayed = Logits.after(task, recipe);
    assertThat(Logits.after(task, twin).distanceTo(decayed)).isLessThan(1e-11);
    // What it costs to let the statistics lag behind.
    assertThat(Logits.after(task, new LaggingStatistics(twin)).distanceTo(decayed))
        .isGreaterThan(0.1);
  }

  /** As if the weights did not grow. */
  private record LaggingStatistics(Rates rates) implements ForwardingRates {
    @Override
    public double logScale(long iteration) {
      return 0;
    }
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void aLearnerCanBeAskedBeforeItsFirstStep(EngineName engine) throws InterruptedException {
    Task task = Tasks.small(engine, Precision.FLOAT32);
    try (Learner learner = task.learner()) {
      assertThat(learner.evaluate(task.testBatches()).count()).isEqualTo(40);
    }
  }

  @Test
  void runningStatisticsAreAveragesOfTheBatches() {
    Task task = Tasks.exact(EngineName.MXNET);
    try (explr.engine.Network network = task.backend().open(task.architecture(), 8, 1e-20);
        Learner learner = Tasks.learner(task, network)) {
      learner.step(CHANGING, task.trainingBatches().at(0)).close();
      assertThat(learner.state().means()[0])
          .isCloseTo(0.1 * Values.values(network.batchMeans())[0], within(1e-15));
      assertThat(learner.state().variances()[0])
          .isCloseTo(0.9 + 0.1 * Values.values(network.batchVariances())[0], within(1e-15));
    }
  }

  @Test
  void refusesAStateOfAnotherNumberType() {
    try (Learner narrow = Tasks.small(EngineName.MXNET, Precision.FLOAT32).learner();
        Learner wide = Tasks.exact(EngineName.MXNET).learner()) {
      assertThatThrownBy(() -> narrow.restore(wide.state()))
          .hasMessageContaining("FLOAT64")
          .hasMessageContaining("FLOAT32");
      State own = narrow.state();
      // The same bytes in memory, but other numbers would follow.
      assertThatThrownBy(() -> narrow.restore(CheckpointFileTest.in(Precision.TF32, own)))
          .hasMessageContaining("TF32 weights")
          .hasMessageContaining("FLOAT32 weights");
      narrow.restore(CheckpointFileTest.in(Precision.FLOAT32, own));
    }
  }

  private static double distance(double[] a, double[] b) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < a.length; i++) {
      difference += (a[i] - b[i]) * (a[i] - b[i]);
      norm += b[i] * b[i];
    }
    return Math.sqrt(difference / norm);
  }
}
