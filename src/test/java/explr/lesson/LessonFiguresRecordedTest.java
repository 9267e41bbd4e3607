package explr.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import explr.figure.Figure;
import explr.file.Resource;
import explr.schedule.Cosine;
import explr.schedule.Epochs;
import explr.schedule.Recipe;
import explr.theory.Equilibrium;
import explr.theory.MomentumSgd;
import explr.theory.PlainState;
import explr.theory.Ripples;
import explr.theory.Separation;
import explr.theory.ToyState;
import explr.theory.Trajectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The lessons' figures as Plotly is given them: {@code recorded-figures.json} holds each, one a
 * line, with the coordinates of a curve replaced by their number and without the words about it. A
 * figure that looks different on purpose is recorded again by copying {@code
 * target/recorded-figures.json}.
 */
class LessonFiguresRecordedTest {

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  /** Of ranges that follow from curves: what two Java processors may differ by, and more. */
  private static final double TOLERANCE = 1e-9;

  private static Map<String, Figure> figures() {
    Recipe recipe = Recipe.of(0.1, 5e-4, 0.9, 3_910);
    Trajectory run = run(3, Recipe.of(0.1, 1e-4, 0.9, 100));
    Trajectory shorter = run(0.3, Recipe.of(0.1, 1e-4, 0.9, 100));
    Series falling = Series.over(30, t -> Math.pow(10, -0.1 * t));
    Series constant = Series.over(30, t -> 0.3);
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put(
        "twins", TwinFigure.by(Epochs.of(391)).recipe("constant", recipe).figure("Twins", "ten"));
    figures.put("gradient", GradientFigure.of(Ripples.of(2, 4).at(0), 2, 1.8, 1.5));
    figures.put(
        "distance", DistanceFigure.from(run).run("shorter", shorter).figure("Distance", "two"));
    figures.put(
        "gallery",
        Gallery.over(10)
            .panel("one")
            .curve("cosine", Cosine.from(1).over(10))
            .below("two")
            .curve("line", t -> t)
            .figure("Gallery", "by epoch"));
    figures.put(
        "flow",
        FlowFigure.of(Ripples.of(3, 12).at(0), ToyState.of(1, -0.5, 0.8), 0.2, 4)
            .run(0.5)
            .figure());
    figures.put(
        "sensitivity",
        Sensitivity.of(new Separation(10, 8, 0.5, 0.05, true), 60, 1, 0.25, 4).figure());
    figures.put("norms", NormFigure.of(new Equilibrium(0.1, 1e-4, 0.9), run, shorter));
    figures.put("separation", SeparationFigure.of(falling, constant, constant, 0.01234, "made up"));
    figures.put(
        "commuting",
        CommutingFigure.of(Ripples.of(2, 4), PlainState.of(new double[] {0.9, 0.5}, 1.5), 0.9, 3));
    figures.put("adamw", LessonFiguresTest.adamW(100));
    figures.put("ratio bound", RatioBoundExplorer.explorable().start());
    RatioBoundSetting above = RatioBoundSetting.of(0.1, 0, 1.01, 0.9, 0, 80, 10, 120, 10, 20);
    figures.put(
        "ratio bound above critical",
        RatioBoundFigure.of(RatioBound.of(above.recipe()), above.epochs()));
    return figures;
  }

  private static Trajectory run(double norm, Recipe recipe) {
    return new Trajectory(
        MomentumSgd.PAPER.run(ToyState.of(1, 2, 3).withNorm(norm), Ripples.of(3, 1), recipe));
  }

  @Test
  void everyFigureIsDrawnAsRecorded() throws IOException {
    JsonObject drawn = new JsonObject();
    figures().forEach((name, figure) -> drawn.add(name, withoutPoints(figure)));
    String lines =
        drawn.entrySet().stream()
            .map(entry -> "\"" + entry.getKey() + "\": " + GSON.toJson(entry.getValue()))
            .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "recorded-figures.json"), lines);

    JsonObject recorded =
        GSON.fromJson(
            Resource.text(LessonFiguresRecordedTest.class, "recorded-figures.json"),
            JsonObject.class);
    assertSame("figures", drawn, recorded);
  }

  private static JsonObject withoutPoints(Figure figure) {
    JsonObject json = GSON.fromJson(figure.toJson(), JsonObject.class);
    for (JsonElement element : json.getAsJsonArray("data")) {
      JsonObject trace = element.getAsJsonObject();
      for (String coordinate : List.of("x", "y")) {
        int points = trace.getAsJsonArray(coordinate).size();
        trace.addProperty(coordinate, points + " values");
      }
    }
    json.getAsJsonObject("layout").remove("meta");
    return json;
  }

  private static void assertSame(String path, JsonElement is, JsonElement recorded) {
    if (is instanceof JsonObject object && recorded instanceof JsonObject other) {
      assertThat(object.keySet()).as(path).isEqualTo(other.keySet());
      object.keySet().forEach(key -> assertSame(path + "." + key, object.get(key), other.get(key)));
    } else if (is instanceof JsonArray array && recorded instanceof JsonArray other) {
      assertThat(array.size()).as(path).isEqualTo(other.size());
      for (int i = 0; i < array.size(); i++) {
        assertSame(path + "[" + i + "]", array.get(i), other.get(i));
      }
    } else if (is instanceof JsonPrimitive number && number.isNumber()) {
      assertThat(number.getAsDouble())
          .as(path)
          .isCloseTo(recorded.getAsDouble(), within(TOLERANCE));
    } else {
      assertThat(is).as(path).isEqualTo(recorded);
    }
  }

  @Test
  void aDifferenceInOneMemberIsNoticed() {
    JsonObject figure = withoutPoints(GradientFigure.of(Ripples.of(2, 4).at(0), 2, 1.8, 1.5));
    assertSame("figure", figure, figure.deepCopy());

    JsonObject distorted = figure.deepCopy();
    axis(distorted).remove("scaleanchor");
    assertThatThrownBy(() -> assertSame("figure", distorted, figure))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("figure.layout.yaxis");
    JsonObject moved = figure.deepCopy();
    axis(moved).getAsJsonArray("range").set(1, new JsonPrimitive(2.250001));
    assertThatThrownBy(() -> assertSame("figure", moved, figure))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("figure.layout.yaxis.range[1]");
  }

  private static JsonObject axis(JsonObject figure) {
    return figure.getAsJsonObject("layout").getAsJsonObject("yaxis");
  }
}
