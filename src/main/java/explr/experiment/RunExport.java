package explr.experiment;

import explr.measurement.Manifest;
import explr.measurement.Timing;
import explr.store.Lineage;
import explr.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Copies runs from a store into folders for people to read and keep.
 *
 * @param store where the runs were trained
 * @param commit of the sources, if known, for runs that have none noted
 */
public record RunExport(Store store, Optional<String> commit) {

  /**
   * Checks that a folder holds no other run.
   *
   * @throws IllegalStateException if it does, naming the settings that differ
   */
  public void requireSame(PlannedRun run, Path folder) throws IOException {
    new RunFolder(folder).requireSame(Description.manifest(run, commit));
  }

  /**
   * Writes what is done of a run; nothing if no period is.
   *
   * @param notice receives what a user should know, such as timings that are damaged and left out
   */
  public void write(PlannedRun run, Path folder, Consumer<String> notice) throws IOException {
    Lineage lineage = run.lineage();
    int periods = store.periodsDone(lineage);
    if (periods > 0) {
      List<Timing> timings = store.timings(lineage, notice);
      Manifest manifest =
          Description.manifest(run, commit).trained(timings, periods == lineage.length());
      new RunFolder(folder).write(manifest, store.rows(lineage), store.steps(lineage));
    }
  }
}
