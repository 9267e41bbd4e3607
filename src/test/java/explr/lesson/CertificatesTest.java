package explr.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.NetworkTest;
import explr.engine.Precision;
import explr.network.AppendixE;
import explr.network.Architecture;
import explr.network.NormLayer;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class CertificatesTest {

  private static final Architecture GOOD = AppendixE.resNet(NormLayer.group(4).withAffine());
  private static final Architecture BAD = AppendixE.affineEnd(NormLayer.batch());
  private static final Backend EXACT =
      new Backend(EngineName.PYTORCH, "cpu", Precision.FLOAT64, NetworkTest.THREADS);

  @Test
  void sayWhichDegreesOccurAndWhy() {
    Table table = Certificates.table(GOOD, BAD);
    assertThat(table.stringColumn("network").asList()).containsExactly(GOOD.name(), BAD.name());
    assertThat(table.stringColumn("degrees").asList()).containsExactly("0, 1, 2", "0, 1, 2");
    assertThat(table.stringColumn("certified").asList()).containsExactly("yes", "no");
    assertThat(table.stringColumn("because").get(1)).startsWith("norm leaves the output");
  }

  @Test
  void holdForNetworksWithWeights() {
    Table table = Certificates.hold(EXACT, 3, GOOD, BAD);
    assertThat(table.doubleColumn("is").get(0)).isLessThan(1e-12);
    assertThat(table.doubleColumn("is").get(1)).isGreaterThan(1);
  }

  @Test
  void anUnscaledNetworkThatShouldChangeIsNoticed() {
    assertThatThrownBy(() -> Certificates.hold(EXACT, 1, BAD))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(BAD.name());
  }
}
