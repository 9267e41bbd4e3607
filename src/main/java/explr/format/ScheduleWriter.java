package explr.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.CosineRestarts;
import explr.schedule.Exponential;
import explr.schedule.Linear;
import explr.schedule.PerEpoch;
import explr.schedule.Phases;
import explr.schedule.Polynomial;
import explr.schedule.Repeated;
import explr.schedule.Scaled;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import explr.schedule.Tabulated;
import explr.schedule.Triangular;
import explr.schedule.WarmUp;
import java.util.List;

/** Schedule → JSON, which {@link ScheduleReader} reads back to an equal schedule. */
final class ScheduleWriter {

  /** The keys that any schedule may have, in the order in which they are applied. */
  static final List<String> MODIFIERS =
      List.of("per_epoch", "warmed_up", "repeated_every", "times");

  private ScheduleWriter() {}

  static JsonElement write(Schedule schedule) {
    if (schedule instanceof Constant s) {
      return JsonText.number(s.value());
    }
    if (schedule instanceof PerEpoch s) {
      return modified(s.schedule(), "per_epoch", new JsonPrimitive(s.epochs().iterationsEach()));
    }
    if (schedule instanceof WarmUp s) {
      JsonObject warmUp = new JsonObject();
      warmUp.add("start_factor", JsonText.number(s.startFactor()));
      warmUp.addProperty("over", s.iterations());
      return modified(s.schedule(), "warmed_up", warmUp);
    }
    if (schedule instanceof Repeated s) {
      return modified(s.schedule(), "repeated_every", new JsonPrimitive(s.period()));
    }
    if (schedule instanceof Scaled s) {
      return modified(s.schedule(), "times", JsonText.number(s.factor()));
    }
    if (schedule instanceof Phases s) {
      return phases(s);
    }
    if (schedule instanceof Tabulated s) {
      return table(s);
    }
    return formula(schedule);
  }

  private static JsonObject formula(Schedule schedule) {
    if (schedule instanceof StepDecay s) {
      JsonObject json = from("step_decay", s.initial());
      json.add("divided_by", JsonText.number(s.divisor()));
      JsonArray after = new JsonArray();
      s.milestones().forEach(after::add);
      json.add("after", after);
      return json;
    }
    if (schedule instanceof Exponential s) {
      JsonObject json = from("exponential", s.initial());
      json.add("multiplied_by", JsonText.number(s.factor()));
      json.addProperty("every", s.every());
      return json;
    }
    if (schedule instanceof Linear s) {
      return ramp("linear", s.from(), s.to(), s.iterations());
    }
    if (schedule instanceof Cosine s) {
      return ramp("cosine", s.from(), s.to(), s.iterations());
    }
    if (schedule instanceof Polynomial s) {
      JsonObject json = ramp("polynomial", s.from(), s.to(), s.iterations());
      json.add("power", JsonText.number(s.power()));
      return json;
    }
    if (schedule instanceof CosineRestarts s) {
      JsonObject json = from("cosine_restarts", s.from());
      json.add("to", JsonText.number(s.to()));
      json.addProperty("period", s.period());
      json.addProperty("lengthening", s.lengthening());
      json.add("decay", JsonText.number(s.decay()));
      return json;
    }
    if (schedule instanceof Triangular s) {
      JsonObject json = named("triangular");
      json.add("low", JsonText.number(s.low()));
      json.add("high", JsonText.number(s.high()));
      json.addProperty("rise", s.rise());
      json.addProperty("fall", s.fall());
      return json;
    }
    throw new IllegalArgumentException(
        "a schedule of one's own, %s, has no JSON; Tabulated.of(schedule, iterations) makes a table of it"
            .formatted(schedule.getClass().getName()));
  }

  private static JsonObject phases(Phases schedule) {
    JsonArray phases = new JsonArray();
    for (Phases.Phase phase : schedule.phases()) {
      JsonObject json = object(write(phase.schedule()));
      if (phase.iterations() < Long.MAX_VALUE || phases.size() < schedule.phases().size() - 1) {
        json.addProperty("during", phase.iterations());
      }
      phases.add(json);
    }
    JsonObject json = named("phases");
    json.add("phases", phases);
    return json;
  }

  private static JsonObject table(Tabulated schedule) {
    JsonArray values = new JsonArray(schedule.values().size());
    schedule.values().forEach(value -> values.add(JsonText.number(value)));
    JsonObject json = named("table");
    json.add(schedule.logarithms() ? "logarithms" : "values", values);
    return json;
  }

  /** A modifier as a further key, where those that are there already come before it. */
  private static JsonObject modified(Schedule schedule, String modifier, JsonElement value) {
    JsonElement plain = write(schedule);
    JsonObject json = object(plain);
    List<String> notBefore = MODIFIERS.subList(MODIFIERS.indexOf(modifier), MODIFIERS.size());
    if (notBefore.stream().anyMatch(json::has)) {
      json = new JsonObject();
      json.add("schedule", plain);
    }
    json.add(modifier, value);
    return json;
  }

  private static JsonObject object(JsonElement json) {
    if (json.isJsonObject()) {
      return json.getAsJsonObject();
    }
    JsonObject object = new JsonObject();
    object.add("schedule", json);
    return object;
  }

  private static JsonObject ramp(String name, double from, double to, long over) {
    JsonObject json = from(name, from);
    json.add("to", JsonText.number(to));
    json.addProperty("over", over);
    return json;
  }

  private static JsonObject from(String name, double from) {
    JsonObject json = named(name);
    json.add("from", JsonText.number(from));
    return json;
  }

  private static JsonObject named(String name) {
    JsonObject json = new JsonObject();
    json.addProperty("schedule", name);
    return json;
  }
}
