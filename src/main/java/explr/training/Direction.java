package explr.training;

import ai.djl.ndarray.NDArray;
import explr.network.Layout;
import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import explr.schedule.Schedule;
import java.util.List;

/** Computes the direction of a step from the gradient, and moves the buffers. */
sealed interface Direction permits AdamDirection, MuonDirection, Direction.Lion, Direction.Sum {

  /** The direction of an optimizer with decoupled decay. */
  static Direction of(Optimizer optimizer, Layout layout) {
    if (optimizer instanceof Optimizer.AdamW adam) {
      return new AdamDirection(adam, new BetaProducts(adam.beta2()));
    } else if (optimizer instanceof Optimizer.Lion lion) {
      return new Lion(lion.beta2());
    } else if (optimizer instanceof Optimizer.Muon muon) {
      return MuonDirection.of(muon, layout);
    }
    return new Sum(optimizer instanceof Optimizer.SignSgd);
  }

  /** How many numbers of its own a step has. */
  int count();

  /** They, for step t of a run that is kept at the scale 2^k. */
  double[] numbers(Rates rates, long t, int scaleExponent);

  /** What the rate of step t is multiplied by. */
  default double rateFactor(Rates rates, long t) {
    return 1;
  }

  /**
   * The direction u, a new array.
   *
   * @param factors its own
   */
  NDArray of(NDArray gradient, List<NDArray> buffers, List<Factor> factors);

  /**
   * u = sign(β₁m + (1 − β₁)g), m ← β₂m + (1 − β₂)g.
   *
   * @param beta2 β₂
   */
  record Lion(Schedule beta2) implements Direction {
    @Override
    public int count() {
      return 4;
    }

    @Override
    public double[] numbers(Rates rates, long t, int scaleExponent) {
      double beta1 = rates.momentum(t);
      double second = Optimizer.beta2(beta2, t);
      return new double[] {beta1, 1 - beta1, second, 1 - second};
    }

    @Override
    public NDArray of(NDArray gradient, List<NDArray> buffers, List<Factor> factors) {
      NDArray buffer = buffers.get(0);
      try (NDArray mean = factors.get(0).times(buffer)) {
        factors.get(1).addProduct(gradient, mean);
        NDArray step = mean.sign();
        factors.get(2).multiply(buffer);
        factors.get(3).addProduct(gradient, buffer);
        return step;
      }
    }
  }

  /**
   * m ← γm + g; u is m or its sign.
   *
   * @param sign whether it is the sign
   */
  record Sum(boolean sign) implements Direction {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public double[] numbers(Rates rates, long t, int scaleExponent) {
      return new double[] {rates.momentum(t)};
    }

    @Override
    public NDArray of(NDArray gradient, List<NDArray> buffers, List<Factor> factors) {
      NDArray buffer = buffers.get(0);
      factors.get(0).multiply(buffer);
      buffer.addi(gradient);
      return sign ? buffer.sign() : buffer.duplicate();
    }
  }
}
