package explr.format;

import explr.conversion.Conversion;
import java.util.Locale;

/** The frameworks that an exported Python module can drive. */
public enum Framework {

  /** A scheduler for {@code torch.optim.SGD}. */
  PYTORCH("pytorch.py"),

  /** A callback for {@code keras.optimizers.SGD}, whose rate is inside its momentum buffer. */
  KERAS("keras.py") {
    @Override
    void check(ConvertedRecipe converted) {
      checkMomentum(converted, "Keras");
      if (converted.conversion() != Conversion.RATE_INSIDE_BUFFER) {
        throw new IllegalArgumentException(
            "Keras keeps the rate inside its momentum buffer, and this recipe does not; if it is one"
                + " for Keras, add \"rate_inside_buffer\": true");
      }
      if (converted.source().recipe().momentum(0) == 0 && hasMomentum(converted)) {
        throw new IllegalArgumentException(
            "the momentum is 0 at first and not later; Keras' SGD has one momentum for the whole"
                + " run and keeps no buffer at 0");
      }
    }
  },

  /** A gradient transformation of optax. */
  OPTAX("optax.py") {
    @Override
    void check(ConvertedRecipe converted) {
      checkMomentum(converted, "optax");
    }
  };

  private final String resource;

  Framework(String resource) {
    this.resource = resource;
  }

  String resource() {
    return resource;
  }

  /**
   * Refuses a recipe that the framework cannot train.
   *
   * @throws IllegalArgumentException with the reason
   */
  void check(ConvertedRecipe converted) {}

  /** Modules for other optimizers, whose buffers are scaled, exist only for PyTorch. */
  private static void checkMomentum(ConvertedRecipe converted, String framework) {
    if (converted.row().names().contains("buffer_factor")) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the module for %s supports only momentum SGD, and this conversion is %s; write"
                  + " python, csv or json",
              framework,
              converted.conversion()));
    }
  }

  private static boolean hasMomentum(ConvertedRecipe converted) {
    for (long t = 0; t < converted.source().recipe().iterations(); t++) {
      if (converted.source().recipe().momentum(t) > 0) {
        return true;
      }
    }
    return false;
  }
}
