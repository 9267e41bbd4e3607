package explr.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FigureViewTest {

  private static final Figure FIGURE =
      new Figure(
          List.of(Map.of("y", List.of(1, 0.5), "name", "</script><b>")),
          Map.of("title", Map.of("text", "\"Rates\" at 1 & 2")));

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
                "layout", Map.of("title", Map.of("text", "\"Rates\" at 1 & 2"))));
  }

  @Test
  void its_texts_can_end_neither_the_script_nor_the_attribute_they_stand_in() {
    String html = html(FIGURE);

    assertThat(html).containsOnlyOnce("</script>").endsWith("</script>");
    assertThat(html).contains("aria-label=\"Figure: &quot;Rates&quot; at 1 &amp; 2\"");
  }

  @Test
  void a_plots_title_is_told_without_its_markup() {
    Panel panel =
        Panel.of(
            "Loss",
            Axis.count("iteration"),
            Axis.linear("loss"),
            List.of(Line.of("loss", new double[] {0, 1}, new double[] {2, 1}, Color.BLUE)));
    Plot plot = Plot.sideBySide("Rates", "of 1 & 2", List.of(panel));

    assertThat(FigureView.of(plot.figure()).formats().get(Bundle.TEXT)).isEqualTo("Figure: Rates");
    assertThat(html(plot.figure())).contains("aria-label=\"Figure: Rates\"");
  }

  @Test
  void who_cannot_see_it_is_told_what_is_drawn_where_the_figure_says_so() {
    Figure figure =
        new Figure(List.of(), Map.of("title", "Rates", "meta", Map.of("alt", "Two \"lines\".")));

    assertThat(html(figure)).contains("aria-label=\"Two &quot;lines&quot;.\"");
    assertThat(FigureView.label(figure)).isEqualTo("Figure: Rates");
    assertThat(FigureView.label(new Figure(List.of(), Map.of()))).isEqualTo("Figure");
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

  @Test
  void the_cell_that_carries_plotly_brings_it_again_when_it_runs_again() {
    RecordingFrontend page = new RecordingFrontend();
    Notebook.open(page);
    List<Integer> sent = new ArrayList<>();
    // Cell by cell, each with two figures; the first runs again.
    for (String cell : List.of("a", "b", "a", "b")) {
      page.running = Optional.of(new Execution(cell, "request " + sent.size()));
      for (int figure = 0; figure < 2; figure++) {
        assertThat(page.looks.get(Figure.class).apply(FIGURE).formats()).containsKey(Bundle.PLOTLY);
      }
      sent.add(page.outputs.size());
    }

    assertThat(sent).containsExactly(1, 1, 2, 2);
  }

  @Test
  void without_plotly_a_figure_says_what_helps() {
    assertThat(html(FIGURE)).contains("restart the kernel and run all cells");
  }

  private static String html(Figure figure) {
    return (String) FigureView.of(figure).formats().get(Bundle.HTML);
  }
}
