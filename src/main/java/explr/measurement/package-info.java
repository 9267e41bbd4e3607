/**
 * What a run leaves behind: tables of measurements, their timing, and a record of what decided
 * them.
 *
 * <p>Most users need {@link explr.measurement.MeasurementLog#read}, which gives a run's {@code
 * measurements.csv} as a Tablesaw table, {@link explr.measurement.Column}, which names its columns,
 * and {@link explr.measurement.Manifest}, the record next to it.
 */
package explr.measurement;
