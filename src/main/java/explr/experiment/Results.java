package explr.experiment;

import explr.figure.Figure;
import explr.measurement.Column;
import explr.store.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/**
 * What is known of an experiment's runs: measured here, or recorded elsewhere.
 *
 * @param experiment whose runs they are
 * @param ownToo whether what was measured here counts
 */
record Results(Experiment experiment, boolean ownToo) {

  /** All that is known. */
  static Results all(Experiment experiment) {
    return new Results(experiment, true);
  }

  /** Only what was recorded elsewhere. */
  static Results recordedOnly(Experiment experiment) {
    return new Results(experiment, false);
  }

  /**
   * The measurements of a run of which something is known.
   *
   * @throws IllegalStateException if nothing is
   */
  Table of(PaperFigure figure, String curve, long seed) throws IOException {
    return known(experiment.curve(figure, curve), seed)
        .map(KnownRun::measurements)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Nothing is %s of '%s' of %s at the profile %s with seed %d; %s"
                        .formatted(
                            ownToo ? "known" : "recorded",
                            curve,
                            figure.fileName(),
                            experiment.profile().name(),
                            seed,
                            "train it with environment/reproduce, or let its notebook train it")));
  }

  /** A run's own training once it is done, else a recorded one, else its training so far. */
  Optional<KnownRun> known(Curve curve, long seed) throws IOException {
    Optional<KnownRun> own =
        (ownToo ? experiment.measurements(curve, seed) : Optional.<Table>empty())
            .map(table -> named(table, curve, seed))
            .map(table -> new KnownRun(table, Manifests.images(experiment.task(seed)), false));
    if (own.filter(known -> whole(known, curve)).isPresent()) {
      return own;
    }
    Optional<KnownRun> recorded = new Recordings(experiment.recorded()).of(experiment, curve, seed);
    // Runs share their beginnings: some epochs trained for another figure must not hide the whole
    // of this one.
    boolean better = recorded.filter(known -> whole(known, curve)).isPresent();
    return own.isEmpty() || better ? recorded : own;
  }

  /** So that a reader of the table sees what it is, not under which address it lies. */
  static Table named(Table table, Curve curve, long seed) {
    return table.setName(curve.title() + ", seed " + seed);
  }

  private static boolean whole(KnownRun known, Curve curve) {
    LongColumn iterations = known.measurements().longColumn(Column.ITERATION.name());
    return !iterations.isEmpty()
        && iterations.get(iterations.size() - 1) >= curve.rates().iterations();
  }

  Figure draw(PaperFigure figure, List<Long> seeds) {
    Profile profile = experiment.profile();
    Map<String, List<Table>> tables = new LinkedHashMap<>();
    Map<String, List<String>> recordedOn = new LinkedHashMap<>();
    boolean trainedHere = false;
    for (Curve curve : figure.curves(profile)) {
      List<Table> ofCurve = new ArrayList<>();
      for (long seed : seeds) {
        Optional<KnownRun> known = uncheckedly(() -> known(curve, seed));
        if (known.isPresent()) {
          ofCurve.add(known.get().measurements());
          trainedHere |= !known.get().recorded();
        }
        known
            .filter(KnownRun::recorded)
            .ifPresent(
                run ->
                    recordedOn
                        .computeIfAbsent(run.data().name(), first -> new ArrayList<>())
                        .add(curve.name() + ", seed " + seed));
      }
      tables.put(curve.name(), ofCurve);
    }
    return figure.draw(tables, profile.watched(), setting(trainedHere, recordedOn));
  }

  /** Under what the runs of a figure were trained, and which of them elsewhere. */
  private String setting(boolean trainedHere, Map<String, List<String>> recordedOn) {
    Profile profile = experiment.profile();
    if (!trainedHere && !recordedOn.isEmpty()) {
      return profile.describe(String.join(" and ", recordedOn.keySet())) + "; recorded";
    }
    String here = experiment.dataName();
    return recordedOn.entrySet().stream()
        .map(
            on ->
                "; recorded%s: %s"
                    .formatted(
                        on.getKey().equals(here) ? "" : " on " + on.getKey(),
                        String.join("; ", on.getValue())))
        .collect(Collectors.joining("", profile.describe(here), ""));
  }

  /** Reading what may fail. */
  private interface Reading<T> {
    T get() throws IOException;
  }

  private static <T> T uncheckedly(Reading<T> reading) {
    try {
      return reading.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
