package explr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.conversion.FollowingBuffers;
import explr.conversion.NesterovTwin;
import explr.conversion.Texp;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.network.NormLayer;
import explr.network.PreResNet;
import explr.network.Tensor;
import explr.optimizer.Optimizer;
import explr.optimizer.Orthogonalization;
import explr.schedule.Cosine;
import explr.schedule.ForwardingRates;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import explr.statistics.Distance;
import explr.theory.MomentumSgd;
import explr.theory.OptimizerState;
import explr.theory.OptimizerSteps;
import explr.theory.ScaleInvariantLoss;
import explr.theory.ToyState;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks trained by other optimizers than momentum SGD. */
class OptimizerTrainingTest {

  /** A warm-up from 0, a cosine and a change of decay. */
  private static final Recipe RECIPE =
      new Recipe(
          Cosine.from(0.01).over(40).warmedUp(0, 8),
          StepDecay.from(5).dividedBy(3).after(20),
          Schedule.constant(0.9),
          30);

  /** The same with a decay that may be part of the gradient. */
  private static final Recipe WEAK =
      new Recipe(
          RECIPE.learningRate(),
          RECIPE.weightDecay().times(0.02),
          RECIPE.momentum(),
          RECIPE.iterations());

  private static Recipe recipe(Optimizer optimizer) {
    return optimizer.decoupled() ? RECIPE : WEAK;
  }

  private static Rates twin(Rates rates, Optimizer optimizer) {
    return optimizer.decoupled() ? FollowingBuffers.of(rates, optimizer) : NesterovTwin.of(rates);
  }

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        new Optimizer.Nesterov(),
        new Optimizer.DecoupledMomentum(),
        new Optimizer.AdamW(t -> 0.9 + 0.05 * Math.sin(t), 1e-6),
        Optimizer.Lion.of(0.99),
        new Optimizer.SignSgd(),
        new Optimizer.Muon(true, 1e-7));
  }

  static Stream<Arguments> onEachEngine() {
    return optimizers()
        .flatMap(o -> Arrays.stream(EngineName.values()).map(e -> Arguments.of(o, e)));
  }

  private static State trained(Task task, Rates rates) throws InterruptedException {
    try (Run run = Run.start(task, rates)) {
      run.train(new Listener() {});
      return run.checkpoint().state();
    }
  }

  private static double distance(State decayed, State growing, Rates twin) {
    double logScale = twin.logScale(twin.iterations());
    double[] weights = growing.weights().clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.scalb(weights[i], -growing.scaleExponent()) * Math.exp(-logScale);
    }
    return Distance.relative(weights, decayed.weights());
  }

  @ParameterizedTest
  @MethodSource("onEachEngine")
  void theRunWithoutDecayTrainsTheSameNetwork(Optimizer optimizer, EngineName engine)
      throws InterruptedException {
    Task task = Tasks.exact(engine).with(optimizer);
    Rates twin = twin(recipe(optimizer), optimizer);
    State decayed = trained(task, recipe(optimizer));
    assertThat(distance(decayed, trained(task, twin), twin)).isLessThan(1e-12);
    Rates still =
        new ForwardingRates() {
          @Override
          public Rates rates() {
            return twin;
          }

          @Override
          public double bufferFactor(long iteration) {
            return 1;
          }
        };
    assertThat(distance(decayed, trained(task, still), twin)).isGreaterThan(1e-4);
  }

  /** One step of the flat arrays against the toy's arithmetic, from the same state and gradient. */
  @ParameterizedTest
  @MethodSource("onEachEngine")
  void aStepIsThatOfTheTheory(Optimizer optimizer, EngineName engine) {
    Task task = Tasks.exact(engine).with(optimizer);
    Recipe recipe = recipe(optimizer);
    try (Learner learner = task.learner()) {
      for (long t = 0; t < 5; t++) {
        learner.step(recipe, task.trainingBatches().at(t)).close();
      }
      State before = learner.state();
      learner.step(recipe, task.trainingBatches().at(5)).close();
      double[] gradient = learner.network().read(learner.network().gradient());
      OptimizerState expected =
          optimizer instanceof Optimizer.Nesterov
              ? nesterovStep(before, gradient)
              : optimizer instanceof Optimizer.Muon muon
                  ? muonStep(muon, learner, before, gradient)
                  : step(optimizer, before, gradient);
      State after = learner.state();
      assertThat(Distance.relative(after.weights(), expected.weights())).isLessThan(1e-14);
      for (int i = 0; i < after.buffers().size(); i++) {
        assertThat(Distance.relative(after.buffers().get(i), expected.buffers().get(i)))
            .isLessThan(1e-14);
      }
    }
  }

  private static OptimizerState step(Optimizer optimizer, State before, double[] gradient) {
    double beta1 = Math.pow(0.9, 5);
    double beta2 = 1;
    for (long t = 0; t < 5 && optimizer.secondBeta().isPresent(); t++) {
      beta2 *= optimizer.secondBeta().get().at(t);
    }
    OptimizerState state =
        new OptimizerState(before.weights(), before.buffers(), new double[] {beta1, beta2});
    double rate = RECIPE.learningRate(5);
    return new OptimizerSteps(optimizer, 1)
        .step(ofGradient(gradient), rate, 0.9, 5, 1, 1 - rate * RECIPE.weightDecay(5))
        .apply(state);
  }

  private static OptimizerState nesterovStep(State before, double[] gradient) {
    ToyState after =
        MomentumSgd.NESTEROV.step(
            ToyState.of(before.weights(), before.buffer()), ofGradient(gradient), WEAK, 5);
    return new OptimizerState(after.weights(), List.of(after.buffer()), new double[] {1, 1});
  }

  /** Each kernel as a matrix with one row for each output. */
  private static OptimizerState muonStep(
      Optimizer.Muon muon, Learner learner, State before, double[] gradient) {
    double[] buffer = before.buffer().clone();
    double[] ahead = new double[buffer.length];
    double[] weights = before.weights().clone();
    double rate = RECIPE.learningRate(5);
    for (int i = 0; i < buffer.length; i++) {
      buffer[i] = 0.9 * buffer[i] + gradient[i];
      ahead[i] = gradient[i] + 0.9 * buffer[i];
      weights[i] *= 1 - rate * RECIPE.weightDecay(5);
    }
    for (Tensor tensor : learner.network().layout().trainable()) {
      double[] matrix = Arrays.copyOfRange(ahead, tensor.offset(), tensor.end());
      double[] step = Orthogonalization.of(matrix, tensor.shape().get(0), muon.epsilon());
      for (int i = 0; i < step.length; i++) {
        weights[tensor.offset() + i] -= rate * step[i];
      }
    }
    return new OptimizerState(weights, List.of(buffer), new double[] {1, 1});
  }

  private static ScaleInvariantLoss ofGradient(double[] gradient) {
    return new ScaleInvariantLoss() {
      @Override
      public double value(double[] weights) {
        throw new UnsupportedOperationException();
      }

      @Override
      public double[] gradient(double[] weights) {
        return gradient;
      }
    };
  }

  /** Weights that grow by more than float32 holds, kept in range by powers of two. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void theRangeGuardChangesNoBit(Optimizer optimizer) throws InterruptedException {
    Recipe strong =
        optimizer.decoupled() ? Recipe.of(0.01, 60, 0.9, 40) : Recipe.of(0.01, 40, 0.1, 40);
    Rates twin = twin(strong, optimizer);
    Task task = Tasks.small(EngineName.PYTORCH, Precision.FLOAT64).with(optimizer);
    State guarded = trained(task, twin);
    State free = trained(task.unguarded(), twin);
    assertThat(guarded.scaleExponent()).isLessThan(-20);
    double[] weights = guarded.weights().clone();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.scalb(weights[i], -guarded.scaleExponent());
    }
    assertThat(weights).isEqualTo(free.weights());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aRunContinuesFromItsCheckpointFile(Optimizer optimizer)
      throws InterruptedException, IOException {
    Task task = Tasks.small(EngineName.MXNET, Precision.FLOAT32).with(optimizer);
    Rates twin = twin(recipe(optimizer), optimizer);
    byte[] bytes;
    try (Run run = Run.start(task, twin)) {
      run.train(new Listener() {}, 13);
      bytes = new CheckpointFile("id", Map.of(), run.checkpoint()).toBytes();
    }
    try (Run run = Run.resume(task, twin, CheckpointFile.read(bytes).checkpoint())) {
      run.train(new Listener() {});
      State whole = trained(task, twin);
      assertThat(run.checkpoint().state().weights()).isEqualTo(whole.weights());
      for (int i = 0; i < whole.buffers().size(); i++) {
        assertThat(run.checkpoint().state().buffers().get(i)).isEqualTo(whole.buffers().get(i));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void theProgramOfADeviceHasTheBitsOfTheHost(Optimizer optimizer) {
    Task task = Tasks.small(EngineName.PYTORCH, Precision.FLOAT32).with(optimizer);
    Rates twin = twin(recipe(optimizer), optimizer);
    try (Learner host = task.learner();
        Learner device = task.learner();
        StepProgram program = StepProgram.operationByOperation(device, task.trainingBatches())) {
      program.take(twin, 30);
      for (long t = 0; t < 30; t++) {
        host.step(twin, task.trainingBatches().at(t)).close();
      }
      assertThat(device.state().weights()).isEqualTo(host.state().weights());
    }
  }

  @Test
  void whatCannotBeTrainedIsRefused() {
    Task task = Tasks.exact(EngineName.PYTORCH);
    assertThatThrownBy(() -> task.with(new Optimizer.RateInsideBuffer()).learner())
        .hasMessageContaining("not trained with RateInsideBuffer");
    NormLayer affine = NormLayer.batch().withAffine();
    assertThatThrownBy(
            () ->
                task.with(PreResNet.of(8, 1, affine))
                    .with(new Optimizer.Muon(false, 1e-7))
                    .learner())
        .hasMessageContaining("Muon trains matrices");
    for (Optimizer outside : List.of(Optimizer.Lion.of(1), Optimizer.AdamW.of(1, 1e-8))) {
      assertThatThrownBy(() -> trained(task.with(outside), RECIPE))
          .hasMessageContaining("at iteration 0 it is 1.0");
    }
    Rates following = FollowingBuffers.of(RECIPE, Optimizer.Lion.of(0.9));
    assertThatThrownBy(() -> trained(task, following))
        .hasMessageContaining("momentum SGD does not scale its buffer");
    Rates corrected = Texp.of(Recipe.of(0.1, 5e-3, 0.9, 5));
    assertThatThrownBy(() -> trained(task.with(new Optimizer.SignSgd()), corrected))
        .hasMessageContaining("convert with FollowingBuffers");
    Task nesterov = task.with(new Optimizer.Nesterov());
    assertThatThrownBy(() -> trained(nesterov, corrected))
        .hasMessageContaining("convert with NesterovTwin");
    Rates ofNesterov = NesterovTwin.of(WEAK);
    assertThatThrownBy(() -> trained(task, ofNesterov))
        .hasMessageContaining("momentum SGD does not scale its buffer");
    State two =
        new State(
            0,
            Precision.FLOAT64,
            0,
            new double[3],
            List.of(new double[3], new double[3]),
            new double[0],
            new double[0]);
    assertThatThrownBy(() -> restore(task, two)).hasMessageContaining("2 buffers");
  }

  private static void restore(Task task, State state) {
    try (Learner learner = task.learner()) {
      learner.restore(state);
    }
  }
}
