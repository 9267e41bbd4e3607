package explr.experiment;

import explr.schedule.Rates;
import explr.store.Label;
import explr.store.Lineage;
import explr.training.Task;

/**
 * One curve of a profile to be trained with one seed.
 *
 * @param profile the sizes
 * @param curve what drives it
 * @param epochs its length
 * @param task network, data, seed, and where it is trained
 * @param rates of the curve over these epochs
 * @param lineage the addresses of the states that it passes
 */
public record PlannedRun(
    Profile profile, Curve curve, int epochs, Task task, Rates rates, Lineage lineage) {

  /** A curve of a profile over so many epochs. */
  static PlannedRun of(Profile profile, Curve curve, int epochs, Task task) {
    Rates rates = curve.rates(profile, epochs);
    return new PlannedRun(profile, curve, epochs, task, rates, Lineage.of(task, rates));
  }

  /** Decides the random start, the order of the images and their augmentation. */
  public long seed() {
    return task.seed();
  }

  /** For people: {@code Step Decay with weight decay, seed 0}. */
  public String title() {
    return curve.title() + ", seed " + seed();
  }

  /** What it is called in a list of a store's runs. */
  Label label() {
    return new Label(profile.name(), curve.toString(), curve.title(), seed());
  }

  /** The name of its folder: {@code step-decay-seed-0}. */
  public String folderName() {
    return RunFolder.name(curve, seed());
  }
}
