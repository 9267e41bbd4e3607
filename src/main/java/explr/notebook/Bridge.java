package explr.notebook;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import explr.figure.Explorable;
import explr.figure.Figure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * The line by which the sliders of all of a notebook's figures ask Java.
 *
 * <p>It is a widget without a view, of the kind that brings its own script ({@code bridge.js}), so
 * that JupyterLab itself brings it to life again when the page is loaded anew. Where no kernel or
 * no such widgets are, sliders show what was computed beforehand.
 */
final class Bridge {

  private static final String TARGET = "jupyter.widget";
  private static final String CONTROL = "jupyter.widget.control";
  private static final String PROTOCOL = "2.1.0";

  private static final String MODULE = "anywidget";
  private static final String MODULE_VERSION = "~0.11.*";
  private static final String MODEL = "AnyModel";

  /** Of figures that still answer; a cell that is run again leaves its last one behind. */
  private static final int MOST_FIGURES = 100;

  private static final Gson GSON = new GsonBuilder().serializeNulls().create();

  private final Frontend.Channels channels;
  private final String session = UUID.randomUUID().toString();
  private final Map<String, Explorable> figures = new LinkedHashMap<>();
  private Optional<Channel> channel = Optional.empty();

  /** Answers a page that is loaded anew; a line is opened with the first figure. */
  Bridge(Frontend.Channels channels) {
    this.channels = channels;
    channels.accept(CONTROL, this::answerControl);
  }

  /** What the page finds this notebook's line by. */
  String session() {
    return session;
  }

  /** Answers for a figure from now on, under this name. */
  synchronized void add(String place, Explorable figure) {
    figures.put(place, figure);
    if (figures.size() > MOST_FIGURES) {
      figures.remove(figures.keySet().iterator().next());
    }
    if (channel.isEmpty()) {
      String opening = GSON.toJson(Map.of("state", state(), "buffer_paths", List.of()));
      try {
        channel = channels.open(TARGET, opening, PROTOCOL, this::received);
      } catch (IllegalStateException anotherKindOfKernel) {
        // The page says itself that it shows what was computed beforehand.
        channel = Optional.empty();
      }
    }
  }

  private Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("_model_module", MODULE);
    state.put("_model_module_version", MODULE_VERSION);
    state.put("_model_name", MODEL);
    state.put("_view_module", MODULE);
    state.put("_view_module_version", MODULE_VERSION);
    state.put("_view_name", "AnyView");
    state.put("_view_count", null);
    state.put("_esm", Script.text("bridge.js"));
    state.put("session", session);
    return state;
  }

  private synchronized void received(String message) {
    JsonObject data = JsonParser.parseString(message).getAsJsonObject();
    String method = data.get("method").getAsString();
    if (method.equals("request_state")) {
      send(Map.of("method", "update", "state", state(), "buffer_paths", List.of()));
    } else if (method.equals("custom")) {
      JsonObject question = data.getAsJsonObject("content");
      send(Map.of("method", "custom", "content", answer(question)));
    }
  }

  /** From the stops of the sliders of a place to its figure, or to what is wrong. */
  private Map<String, Object> answer(JsonObject question) {
    String place = question.get("place").getAsString();
    List<Integer> stops =
        StreamSupport.stream(question.getAsJsonArray("stops").spliterator(), false)
            .map(stop -> stop.getAsInt())
            .toList();
    Explorable explorable = figures.get(place);
    if (explorable == null) {
      return Map.of(
          "place", place, "stops", stops, "error", "This cell was run long ago; run it again.");
    }
    try {
      Figure figure = explorable.at(stops);
      return Map.of("place", place, "stops", stops, "figure", figure);
    } catch (RuntimeException e) {
      // A reader may move a slider to where a formula is not defined; the message says so.
      return Map.of("place", place, "stops", stops, "error", String.valueOf(e.getMessage()));
    }
  }

  private void send(Map<String, Object> message) {
    channel.ifPresent(line -> line.send(GSON.toJson(message)));
  }

  private synchronized void answerControl(Channel page, String message) {
    String method = JsonParser.parseString(message).getAsJsonObject().get("method").getAsString();
    if (method.equals("request_states")) {
      Map<String, Object> states = new LinkedHashMap<>();
      channel.ifPresent(line -> states.put(line.id(), model()));
      page.send(
          GSON.toJson(
              Map.of("method", "update_states", "states", states, "buffer_paths", List.of())));
    }
  }

  private Map<String, Object> model() {
    return Map.of(
        "model_name", MODEL,
        "model_module", MODULE,
        "model_module_version", MODULE_VERSION,
        "state", state());
  }
}
