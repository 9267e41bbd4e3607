package explr.training;

import explr.network.Architecture;
import explr.network.Layout;
import explr.network.Tensor;
import java.util.List;

/**
 * What a run measures of itself, and how often.
 *
 * <p>Training is measured at the ends of equal periods. A period is an epoch; a run that goes
 * through its schedule k times as fast measures k times an epoch, so that angles are taken over the
 * same share of the schedule.
 *
 * @param watched trainable weights whose norm and angle are measured
 * @param perEpoch periods of an epoch, ≥ 1; where they do not divide its iterations, period k ends
 *     after ⌊k P / perEpoch⌋ of its P iterations
 */
public record Probe(List<String> watched, int perEpoch) {

  private static final String SECOND_BLOCK = "stage1.block2.conv1";

  /** Refuses less than one period an epoch. */
  public Probe {
    watched = List.copyOf(watched);
    if (perEpoch < 1) {
      throw new IllegalArgumentException(
          "a run is measured at least once an epoch, not " + perEpoch + " times");
    }
  }

  /**
   * Watches what the paper's figures show of a PreResNet, the first convolution of its second
   * residual block; of another network the first trainable weights. Measures once an epoch.
   */
  public static Probe of(Architecture architecture) {
    List<String> names = Layout.of(architecture).trainable().stream().map(Tensor::name).toList();
    return of(names.contains(SECOND_BLOCK) ? SECOND_BLOCK : names.get(0));
  }

  /** Watches weights, and measures once an epoch. */
  public static Probe of(String... watched) {
    return new Probe(List.of(watched), 1);
  }

  /** The same watched weights, measured so often. */
  public Probe times(int perEpoch) {
    return new Probe(watched, perEpoch);
  }

  /**
   * The number of steps taken at the end of a period.
   *
   * @param period counted from 1; 0 gives 0
   * @param iterationsPerEpoch P
   */
  public long end(long period, long iterationsPerEpoch) {
    return Math.floorDiv(Math.multiplyExact(period, iterationsPerEpoch), perEpoch);
  }

  /**
   * The period, counted from 1, that the last of so many steps belongs to.
   *
   * @param steps at least 1
   * @param iterationsPerEpoch P
   */
  public long periodOf(long steps, long iterationsPerEpoch) {
    // The smallest k with ⌊k P / m⌋ ≥ s is ⌈s m / P⌉.
    return -Math.floorDiv(-Math.multiplyExact(steps, (long) perEpoch), iterationsPerEpoch);
  }
}
