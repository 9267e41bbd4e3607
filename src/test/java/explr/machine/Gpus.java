package explr.machine;

/** Two cards with their software, for tests. */
public final class Gpus {

  /** Compute capability 9.0: has TF32. */
  public static final GpuFacts H100 =
      new GpuFacts(
          "NVIDIA H100 80GB HBM3", new NvidiaDriver.Version(9, 0), "580.95.05", "12.6", "9.5.1");

  /** Compute capability 7.0: has no TF32. */
  public static final GpuFacts V100 =
      new GpuFacts(
          "Tesla V100-SXM2-16GB", new NvidiaDriver.Version(7, 0), "535.183.01", "12.6", "9.5.1");

  private Gpus() {}
}
