package explr.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import explr.figure.Explorable;
import explr.figure.Figure;
import explr.figure.Slider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BridgeTest {

  private static final Explorable FIGURE =
      Explorable.of(
          values -> new Figure(List.of(Map.of("y", List.of(1 / values[0]))), Map.of()),
          Slider.of("x", 1, 2, 4));

  private final RecordingChannels page = new RecordingChannels();
  private final Bridge bridge = new Bridge(page);

  @Test
  void a_line_is_opened_with_the_first_figure_and_serves_all() {
    assertThat(page.opened).isEmpty();
    bridge.add("a", FIGURE);
    bridge.add("b", FIGURE);

    assertThat(page.opened).hasSize(1);
    JsonObject state = page.opened.get(0).last().getAsJsonObject("state");
    assertThat(state.get("_model_name").getAsString()).isEqualTo("AnyModel");
    assertThat(state.get("_esm").getAsString()).contains("explrBridges");
    assertThat(state.get("session").getAsString()).isEqualTo(bridge.session());
  }

  @Test
  void a_kernel_of_another_kind_leaves_the_figures_without_a_line() {
    page.refusing = true;
    bridge.add("a", FIGURE);

    assertThat(page.opened).isEmpty();
  }

  @Test
  void answers_with_the_figure_where_the_sliders_stand() {
    bridge.add("a", FIGURE);
    JsonObject answer = ask("a", 2);

    assertThat(answer.getAsJsonArray("stops")).hasToString("[2]");
    assertThat(answer.getAsJsonObject("figure").getAsJsonArray("data"))
        .hasToString("[{\"y\":[0.25]}]");
  }

  @Test
  void says_what_is_wrong_where_there_is_no_figure() {
    bridge.add(
        "a",
        Explorable.of(
            values -> {
              throw new IllegalArgumentException("no figure at " + values[0]);
            },
            Slider.of("x", 1, 2)));

    assertThat(ask("a", 1).get("error").getAsString()).isEqualTo("no figure at 2.0");
    assertThat(ask("a", 7).get("error").getAsString()).contains("stops 0 to 1, not 7");
    assertThat(ask("gone", 0).get("error").getAsString()).contains("run it again");
  }

  @Test
  void a_page_that_is_loaded_anew_is_given_the_line_again() {
    String question = "{\"method\":\"request_states\"}";
    assertThat(states(page.say("jupyter.widget.control", question)).keySet()).isEmpty();
    bridge.add("a", FIGURE);

    JsonObject states = states(page.say("jupyter.widget.control", question));
    JsonObject model = states.getAsJsonObject(page.opened.get(0).id());
    assertThat(model.get("model_module").getAsString()).isEqualTo("anywidget");
    assertThat(model.getAsJsonObject("state").get("session").getAsString())
        .isEqualTo(bridge.session());
  }

  private static JsonObject states(RecordingChannels.Line line) {
    assertThat(line.last().get("method").getAsString()).isEqualTo("update_states");
    return line.last().getAsJsonObject("states");
  }

  private JsonObject ask(String place, int stop) {
    RecordingChannels.Line line = page.opened.get(0);
    line.received()
        .accept(
            "{\"method\":\"custom\",\"content\":{\"place\":\"%s\",\"stops\":[%d]}}"
                .formatted(place, stop));
    assertThat(line.last().get("method").getAsString()).isEqualTo("custom");
    return line.last().getAsJsonObject("content");
  }
}
