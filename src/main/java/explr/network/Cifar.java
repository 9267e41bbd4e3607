package explr.network;

/** Both ends of a network for CIFAR-10. */
final class Cifar {

  private static final int CLASSES = 10;

  private Cifar() {}

  static Node input(Architecture.Builder net) {
    return net.input(3, 32, 32);
  }

  /** The linear layer that stays at its random start. */
  static Architecture classify(Architecture.Builder net, Node features) {
    net.fixedLinear("classifier", features, CLASSES);
    return net.build();
  }
}
