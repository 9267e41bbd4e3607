package explr.experiment;

import explr.measurement.Manifest;
import explr.schedule.Rates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Runs that were trained elsewhere, as {@code environment/reproduce} writes them: a {@link
 * RunFolder} for each curve and seed in the folder {@code runs} of each profile.
 *
 * @param profile the sizes
 * @param folder of all profiles; need not exist
 */
record RecordingSource(Profile profile, Path folder) implements RunSource {

  /**
   * The recorded measurements of a run.
   *
   * @return empty if there are none, or if they were recorded with other sizes or rates
   */
  @Override
  public Optional<KnownRun> find(PaperFigure figure, Curve curve, long seed) throws IOException {
    Path runs = folder.resolve(profile.name()).resolve("runs");
    RunFolder run = new RunFolder(runs.resolve(RunFolder.name(curve, seed)));
    Optional<Manifest> manifest = run.manifest();
    int epochs = figure.epochs(profile);
    if (manifest.isEmpty() || !agrees(manifest.get().configuration(), curve, epochs)) {
      return Optional.empty();
    }
    Rates rates = curve.rates(profile, epochs);
    return run.measurements()
        .map(table -> KnownRun.upTo(table, rates.iterations(), curve, seed))
        .map(table -> new KnownRun(table, manifest.get().data(), true));
  }

  /** Whether sizes and rates agree, whatever machine and images: profiles may share a name. */
  private boolean agrees(Map<String, Object> recorded, Curve curve, int epochs) {
    Map<String, Object> wanted = new HashMap<>(profile.configuration());
    wanted.putAll(curve.configuration(profile, epochs));
    wanted.remove("iterations");
    return wanted.entrySet().stream()
        .allMatch(setting -> setting.getValue().equals(recorded.get(setting.getKey())));
  }
}
