package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.store.Store;
import explr.training.Listener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** With the profile tiny, whose figures show 2, 2, 2, 2, 4 and 2 runs of 3 or 4 epochs. */
class InventoryTest {

  @TempDir Path folder;

  private Experiment with(String store, String recorded) throws Exception {
    Path tiny = Path.of(InventoryTest.class.getResource("tiny.json").toURI());
    return new Experiment(
        Profile.of(tiny.toString()),
        EmbeddedSample.load(),
        new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 1),
        new Store(folder.resolve(store)),
        folder.resolve(recorded),
        Duration.ZERO,
        Optional.empty());
  }

  @Test
  void whereNothingIsKnownAllEpochsAreToBeTrained() throws Exception {
    Table table = Inventory.of(with("store", "recorded"), 0);

    assertThat(table.intColumn("runs").asList()).containsExactly(2, 2, 2, 2, 4, 2);
    assertThat(table.intColumn("trained here").sum()).isZero();
    assertThat(table.intColumn("recorded").sum()).isZero();
    assertThat(table.intColumn("epochs to train").asList()).containsExactly(6, 8, 8, 6, 16, 8);
  }

  @Test
  void whatIsTrainedHereOrRecordedElsewhereIsNotTrainedAgain() throws Exception {
    Experiment here = with("store", "recorded");
    Curve exponential = here.curve(PaperFigure.FIGURE_1, "exponential");
    here.train(exponential, 0, new Listener() {});
    here.export(exponential, 0, folder.resolve("recorded/tiny/runs/exponential-seed-0"));

    Table trained = Inventory.of(here, 0);
    assertThat(trained.intColumn("trained here").get(0)).isEqualTo(1);
    assertThat(trained.intColumn("recorded").sum()).isZero();
    assertThat(trained.intColumn("epochs to train").get(0)).isEqualTo(3);
    // The first two epochs of TEXP are those of the exponential rate.
    assertThat(trained.intColumn("epochs to train").get(1)).isEqualTo(6);

    Table recorded = Inventory.of(with("another store", "recorded"), 0);
    assertThat(recorded.intColumn("trained here").sum()).isZero();
    assertThat(recorded.intColumn("recorded").asList()).containsExactly(1, 0, 0, 1, 0, 0);
    assertThat(recorded.intColumn("epochs to train").asList()).containsExactly(3, 8, 8, 3, 16, 8);

    Table otherSeed = Inventory.of(here, 1);
    assertThat(otherSeed.intColumn("epochs to train").get(0)).isEqualTo(6);
  }
}
