package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.measurement.Column;
import explr.measurement.MeasurementLog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Periods in a store that nobody trained. */
public final class StoreFixture {

  private StoreFixture() {}

  /** Makes a period done, as if it had been trained. */
  public static void finish(Store store, Lineage lineage, int period) throws IOException {
    store.start(lineage).write(lineage.identity(0), notice -> {});
    Entry entry = store.entry(lineage, period);
    entry.lock().orElseThrow().close();
    entry.writer().describe(lineage, period, notice -> {});
    entry
        .writer()
        .finish(
            MeasurementLog.text(
                    Column.perPeriod(lineage.task().watched()),
                    List.of(Map.of(Column.ITERATION, lineage.end(period))))
                .getBytes(UTF_8),
            Optional.empty());
  }

  /** Labels a run, as if it had been trained. */
  public static void label(
      Store store, Lineage lineage, String profile, String curve, String title, long seed)
      throws IOException {
    new LabelFile(new Label(profile, curve, title, seed), lineage.periods())
        .write(store.start(lineage));
  }
}
