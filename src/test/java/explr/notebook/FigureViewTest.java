package explr.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import explr.figure.Figure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FigureViewTest {

  private static final Figure FIGURE =
      new Figure(
          List.of(Map.of("y", List.of(1, 0.5), "name", "</script><b>")),
          Map.of("title", Map.of("text", "\"Rates\" <of> 1 & 2")));

  @AfterEach
  void forget() {
    Notebook.close();
  }

  @Test
  void is_the_json_that_jupyterlab_draws_as_plain_maps_and_lists() {
    assertThat(FigureView.of(FIGURE).formats().get(Bundle.PLOTLY))
        .isEqualTo(
            Map.of(
                "data", List.of(Map.of("y", List.of(1L, 0.5), "name", "</script><b>")),
                "layout", Map.of("title", Map.of("text", "\"Rates\" <of> 1 & 2"))));
  }

  @Test
  void its_texts_can_end_neither_the_script_nor_the_attribute_they_stand_in() {
    String html = (String) FigureView.of(FIGURE).formats().get(Bundle.HTML);

    assertThat(html).containsOnlyOnce("</script>").endsWith("</script>");
    assertThat(html).contains("aria-label=\"Figure: &quot;Rates&quot; &lt;of&gt; 1 &amp; 2\"");
  }

  @Test
  void takes_the_height_of_its_layout() {
    assertThat(FigureView.height(new Figure(List.of(), Map.of("height", 320)))).isEqualTo(320);
    assertThat(FigureView.height(new Figure(List.of(), Map.of()))).isEqualTo(450);
  }

  @Test
  void a_session_sends_plotly_once_and_before_the_first_figure() {
    RecordingFrontend page = new RecordingFrontend();
    Notebook.open(page);
    assertThat(page.outputs).isEmpty();

    for (int figure = 0; figure < 2; figure++) {
      assertThat(page.looks.get(Figure.class).apply(FIGURE).formats()).containsKey(Bundle.PLOTLY);
    }

    assertThat(page.outputs.values())
        .singleElement()
        .satisfies(
            bundle ->
                assertThat((String) bundle.formats().get(Bundle.HTML))
                    .contains("window.explrPlotly = ")
                    .hasSizeGreaterThan(1_000_000));
  }
}
