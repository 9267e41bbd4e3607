package explr.machine;

/**
 * A GPU and its software, which decide the bits of a run together with the engine.
 *
 * @param name the card's model, such as NVIDIA H100 80GB HBM3
 * @param capability the compute capability: the features of the hardware
 * @param driver version of NVIDIA's driver
 * @param cuda version of the CUDA runtime library
 * @param cudnn version of the cuDNN library
 */
public record GpuFacts(
    String name, NvidiaDriver.Version capability, String driver, String cuda, String cudnn) {

  /** For people, in one line. */
  public String describe() {
    return "%s, driver %s, CUDA %s, cuDNN %s".formatted(name, driver, cuda, cudnn);
  }
}
