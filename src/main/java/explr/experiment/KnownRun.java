package explr.experiment;

import explr.measurement.Manifest;
import tech.tablesaw.api.Table;

/**
 * What is known of a run.
 *
 * @param measurements a row for each period
 * @param data the images it was trained on
 * @param recorded whether it was trained elsewhere
 */
public record KnownRun(Table measurements, Manifest.Data data, boolean recorded) {}
