package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import explr.engine.EngineName;
import explr.training.Listener;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** With the profile tiny, whose figures show 2, 2, 2, 2, 4 and 2 runs of 3 or 4 epochs. */
class InventoryTest {

  @TempDir Path folder;

  private Lab with(String store, String recorded) {
    Lab tiny = Lab.tiny(folder.resolve(store), EngineName.MXNET);
    return new Lab(
        tiny.profile(), tiny.data(), tiny.backend(), tiny.store(), folder.resolve(recorded));
  }

  private static Table inventory(Lab lab, long seed) throws Exception {
    return Inventory.of(lab.results(seed), seed);
  }

  @Test
  void whereNothingIsKnownAllEpochsAreToBeTrained() throws Exception {
    Table table = inventory(with("store", "recorded"), 0);

    assertThat(table.intColumn("runs").asList()).containsExactly(2, 2, 2, 2, 4, 2);
    assertThat(table.intColumn("trained here").sum()).isZero();
    assertThat(table.intColumn("recorded").sum()).isZero();
    assertThat(table.intColumn("epochs to train").asList()).containsExactly(6, 8, 8, 6, 16, 8);
  }

  @Test
  void whatIsTrainedHereOrRecordedElsewhereIsNotTrainedAgain() throws Exception {
    Lab here = with("store", "recorded");
    Lab.Shown exponential = Lab.shown(PaperFigure.FIGURE_1, Curve.EXPONENTIAL);
    here.train(exponential, 0, new Listener() {});
    here.export(exponential, 0, folder.resolve("recorded/tiny/runs/exponential-seed-0"));

    Table trained = inventory(here, 0);
    assertThat(trained.intColumn("trained here").get(0)).isEqualTo(1);
    assertThat(trained.intColumn("recorded").sum()).isZero();
    assertThat(trained.intColumn("epochs to train").get(0)).isEqualTo(3);
    // The first two epochs of TEXP are those of the exponential rate.
    assertThat(trained.intColumn("epochs to train").get(1)).isEqualTo(6);

    Table recorded = inventory(with("another store", "recorded"), 0);
    assertThat(recorded.intColumn("trained here").sum()).isZero();
    assertThat(recorded.intColumn("recorded").asList()).containsExactly(1, 0, 0, 1, 0, 0);
    assertThat(recorded.intColumn("epochs to train").asList()).containsExactly(3, 8, 8, 3, 16, 8);

    Table otherSeed = inventory(here, 1);
    assertThat(otherSeed.intColumn("epochs to train").get(0)).isEqualTo(6);
  }
}
