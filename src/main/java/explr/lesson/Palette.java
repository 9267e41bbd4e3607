package explr.lesson;

import explr.figure.Style.Color;
import java.util.List;

/** Which colours the curves of a figure take, one after another. */
final class Palette {

  private Palette() {}

  /** The colour of the next curve of a figure that may use all. */
  static Color next(List<?> curves) {
    return next(curves, Color.values());
  }

  /**
   * The colour of the next curve of a figure.
   *
   * @param curves that it has
   * @param colors that its curves take, in this order
   * @throws IllegalArgumentException if they all are taken
   */
  static Color next(List<?> curves, Color... colors) {
    if (curves.size() >= colors.length) {
      throw new IllegalArgumentException(
          "this figure shows at most %d curves, one a colour; draw further ones in another"
              .formatted(colors.length));
    }
    return colors[curves.size()];
  }
}
