package explr.experiment;

import explr.figure.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;

/**
 * What is known of an experiment's runs: measured here, or recorded elsewhere.
 *
 * @param experiment whose runs they are
 */
record Results(Experiment experiment) {

  /** Of a run's own training as soon as that has begun, else recorded ones. */
  Optional<Table> of(Curve curve, long seed) throws IOException {
    Optional<Table> own = experiment.measurements(curve, seed);
    return own.isPresent() ? own : recording(curve, seed).map(Recordings.Recording::measurements);
  }

  boolean onlyRecorded(Curve curve, long seed) throws IOException {
    return experiment.measurements(curve, seed).isEmpty() && recording(curve, seed).isPresent();
  }

  private Optional<Recordings.Recording> recording(Curve curve, long seed) throws IOException {
    return new Recordings(experiment.recorded()).of(experiment, curve, seed);
  }

  Figure draw(PaperFigure figure, List<Long> seeds) {
    Profile profile = experiment.profile();
    Map<String, List<Table>> tables = new LinkedHashMap<>();
    String setting =
        profile.describe(
            experiment.canTrain() ? experiment.task(0).data().name() : experiment.data().name());
    for (Curve curve : figure.curves(profile)) {
      tables.put(curve.name(), of(curve, seeds));
      for (long seed : seeds) {
        if (uncheckedly(() -> onlyRecorded(curve, seed))) {
          setting =
              profile.describe(uncheckedly(() -> recording(curve, seed)).get().data())
                  + "; recorded";
        }
      }
    }
    return figure.draw(tables, profile.watched(), setting);
  }

  List<Agreement> agreement(List<Long> seeds) {
    return Agreement.of(
        of(experiment.curve(PaperFigure.FIGURE_1, "exponential"), seeds),
        of(experiment.curve(PaperFigure.FIGURE_1, "weight-decay"), seeds),
        experiment.profile().watched());
  }

  private List<Table> of(Curve curve, List<Long> seeds) {
    List<Table> tables = new ArrayList<>();
    for (long seed : seeds) {
      uncheckedly(() -> of(curve, seed)).ifPresent(tables::add);
    }
    return tables;
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
