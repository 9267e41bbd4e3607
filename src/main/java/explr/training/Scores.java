package explr.training;

/**
 * How well a number of images were classified.
 *
 * @param loss the sum of the cross entropies, in nats
 * @param correct how many had their largest logit at their label
 * @param count how many images
 */
public record Scores(double loss, long correct, long count) {

  /** Of no image. */
  public static final Scores NONE = new Scores(0, 0, 0);

  /**
   * Computed from logits in double precision.
   *
   * @param logits {@code (batch, class)}, flat
   * @param labels one for each image
   * @param valid how many images, from the first, count; the others fill the batch
   */
  public static Scores of(double[] logits, int[] labels, int valid) {
    int classes = logits.length / labels.length;
    double loss = 0;
    long correct = 0;
    for (int image = 0; image < valid; image++) {
      int first = image * classes;
      int best = first;
      for (int i = first; i < first + classes; i++) {
        if (logits[i] > logits[best]) {
          best = i;
        }
      }
      double sum = 0;
      for (int i = first; i < first + classes; i++) {
        sum += Math.exp(logits[i] - logits[best]);
      }
      loss += logits[best] + Math.log(sum) - logits[first + labels[image]];
      if (best == first + labels[image]) {
        correct++;
      }
    }
    return new Scores(loss, correct, valid);
  }

  /** These and others together. */
  public Scores plus(Scores others) {
    return new Scores(loss + others.loss, correct + others.correct, count + others.count);
  }

  /** The mean cross entropy, in nats; not a number for no image. */
  public double meanLoss() {
    return loss / count;
  }

  /** The share of images classified correctly, 0 to 1; not a number for no image. */
  public double accuracy() {
    return (double) correct / count;
  }
}
