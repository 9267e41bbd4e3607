package explr.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import explr.figure.ModuleGraph.Kind;
import explr.figure.ModuleGraph.Vertex;
import explr.network.AppendixE;
import explr.network.Architecture;
import explr.network.Homogeneity;
import explr.network.NormLayer;
import explr.network.PreResNet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkFigureTest {

  private static final NormLayer BATCH = NormLayer.batch();

  @Test
  void neutralModulesAreLeftOutAndEdgesPassThroughThem() {
    ModuleGraph graph = graph(AppendixE.plain(BATCH));
    assertThat(graph.vertices())
        .extracting(Vertex::letters)
        .containsExactly("I", "L", "N", "L", "N", "L", "N");
    for (int i = 1; i < 7; i++) {
      assertThat(graph.vertices().get(i).inputs()).containsExactly(i - 1);
    }
  }

  @Test
  void theFirstFlawIsMarkedAndNothingBehindItHasADegree() {
    ModuleGraph graph = graph(AppendixE.biased(NormLayer.layer().withAffine()));
    assertThat(graph.vertices())
        .extracting(Vertex::degree)
        .containsExactly("0", "1", "1", "1", "2", "F", "", "", "");
    assertThat(graph.vertices().stream().filter(Vertex::flawed).map(Vertex::letters))
        .containsExactly("B");
    Figure figure = NetworkFigure.of(graph.heading(), AppendixE.biased(BATCH.withAffine()));
    assertThat(names(figure)).doesNotContain("F: breaks the rules");
    Figure flawed = NetworkFigure.of(AppendixE.biased(NormLayer.layer().withAffine()));
    assertThat(names(flawed)).contains("F: breaks the rules");
  }

  @Test
  void anOutputOfAnotherDegreeIsAFlawOfANetworkAndNotOfAPart() {
    Architecture open = AppendixE.affineEnd(BATCH);
    assertThat(names(NetworkFigure.of(open))).contains("F: breaks the rules");
    assertThat(names(NetworkFigure.parts("parts", List.of(open))))
        .doesNotContain("F: breaks the rules");
  }

  @Test
  void aShortcutsModulesLieOnALaneBelowHalfwayBetweenItsEnds() {
    List<Vertex> vertices = graph(AppendixE.resNet(BATCH)).vertices();
    GraphLayout layout = GraphLayout.of(vertices);
    for (int i = 0; i < vertices.size(); i++) {
      boolean shortcut = vertices.get(i).hover().contains("shortcut");
      assertThat(layout.lane()[i]).isEqualTo(shortcut ? 1 : 0);
      for (int input : vertices.get(i).inputs()) {
        assertThat(layout.column()[i]).isGreaterThan(layout.column()[input]);
      }
    }
    // + L N L N + with L N in the shortcut, from column 7 to 12
    assertThat(layout.column()[12]).isEqualTo(9);
    assertThat(layout.column()[13]).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 20, 32})
  void noTwoVerticesOfARowLieOnEachOtherAndEveryModuleIsDrawnOnce(int depth) {
    List<Vertex> vertices = graph(PreResNet.depth(depth)).vertices();
    List<List<Vertex>> rows = GraphLayout.rows(vertices, 22);
    assertThat(rows).hasSize((5 * (depth - 2) / 2 + 3 + 19) / 20);
    assertThat(rows.stream().flatMap(List::stream).filter(v -> v.kind() != Kind.CONTINUED).count())
        .isEqualTo(vertices.size());
    for (List<Vertex> row : rows) {
      GraphLayout layout = GraphLayout.of(row);
      assertThat(layout.width()).isLessThanOrEqualTo(22);
      for (int i = 0; i < row.size(); i++) {
        for (int j = 0; j < i; j++) {
          boolean apart =
              layout.lane()[i] != layout.lane()[j]
                  || Math.abs(layout.column()[i] - layout.column()[j]) >= 1;
          assertThat(apart).as("%s and %s", row.get(i).hover(), row.get(j).hover()).isTrue();
        }
      }
    }
  }

  @Test
  void blocksAreDrawnAsInFigure9() {
    assertThat(graph(PreResNet.depth(8)).collapsed().vertices())
        .extracting(Vertex::letters, Vertex::degree)
        .containsExactly(
            tuple("S", "1"),
            tuple("Block", "1"),
            tuple("D-Block", "1"),
            tuple("D-Block", "1"),
            tuple("N", "0"));
  }

  @Test
  void whoCannotSeeItIsToldTheDegrees() {
    assertThat(NetworkFigure.of(AppendixE.plain(BATCH)).alternativeText())
        .contains("I 0, L 1, N 0, L 1, N 0, L 1, N 0");
  }

  private static ModuleGraph graph(Architecture architecture) {
    return ModuleGraph.of(Homogeneity.of(architecture), "", true);
  }

  private static List<Object> names(Figure figure) {
    return figure.data().stream().map((Map<String, Object> trace) -> trace.get("name")).toList();
  }
}
