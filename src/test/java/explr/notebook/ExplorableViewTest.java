package explr.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import explr.figure.Explorable;
import explr.figure.Figure;
import explr.figure.Slider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the script makes of it is tested in a browser. */
class ExplorableViewTest {

  private static final Figure START =
      new Figure(List.of(Map.of("y", List.of(1))), Map.of("title", Map.of("text", "</script>")));

  private final RecordingFrontend page = new RecordingFrontend();

  @AfterEach
  void forget() {
    Notebook.close();
  }

  @Test
  void a_still_figure_comes_first_for_where_no_script_runs() {
    Notebook.open(page);
    Bundle sliders = page.looks.get(Explorable.class).apply(computed());

    List<Bundle> before = List.copyOf(page.outputs.values());
    assertThat((String) before.get(0).formats().get(Bundle.HTML)).contains("window.explrPlotly");
    assertThat(before.get(1).formats()).containsKey(Bundle.PLOTLY).containsEntry(Bundle.HTML, "");
    assertThat(sliders.formats()).containsOnlyKeys(Bundle.HTML, Bundle.TEXT);
  }

  @Test
  void figures_computed_beforehand_are_small_and_go_with_it() {
    Notebook.open(page);
    String html =
        (String) page.looks.get(Explorable.class).apply(computed()).formats().get("text/html");
    assertThat(html).contains("\"grid\":{").doesNotContain("\"script\":").hasSizeLessThan(20_000);
    assertThat(html).containsOnlyOnce("</script>");
    assertThat(page.channels.opened).hasSize(1);
  }

  @Test
  void a_point_without_a_figure_goes_with_it_as_its_message() throws IOException {
    Notebook.open(page);
    Explorable half =
        Explorable.of(
            values -> {
              if (values[0] > 1) {
                throw new IllegalArgumentException("no figure at " + values[0]);
              }
              return START;
            },
            Slider.of("x", 1, 2));
    String html = (String) page.looks.get(Explorable.class).apply(half).formats().get("text/html");

    Matcher packed = Pattern.compile("\"points\":\"([^\"]+)\"").matcher(html);
    assertThat(packed.find()).isTrue();
    byte[] gzip = Base64.getDecoder().decode(packed.group(1));
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
        .asString(UTF_8)
        .endsWith("\n{\"error\":\"no figure at 2.0\"}");
  }

  @Test
  void a_figure_of_the_page_itself_needs_neither_grid_nor_line() {
    Notebook.open(page);
    Explorable scripted =
        Explorable.scripted(START, "(values, start) => start", Slider.of("x", 1, 2));
    String html =
        (String) page.looks.get(Explorable.class).apply(scripted).formats().get("text/html");
    assertThat(html).contains("\"script\":\"(values, start) => start").doesNotContain("\"grid\":{");
    assertThat(page.channels.opened).isEmpty();
  }

  private static Explorable computed() {
    return Explorable.of(
        values ->
            new Figure(List.of(Map.of("x", List.of(0, 1), "y", List.of(1, values[0]))), Map.of()),
        Slider.linear("x", 0, 1, 101));
  }
}
