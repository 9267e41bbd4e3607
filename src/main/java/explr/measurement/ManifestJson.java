package explr.measurement;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import explr.machine.GpuFacts;
import explr.machine.Machine;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A manifest as JSON and back. What is not known is null, or not there where an older version did
 * not write it; any other key that is not there is an error.
 */
final class ManifestJson {

  private static final String GPU = "gpu";

  private static final JsonSerializer<Instant> TIME =
      (time, type, context) -> new JsonPrimitive(time.toString());

  private static final JsonDeserializer<Instant> TIME_BACK =
      (json, type, context) -> Instant.parse(json.getAsString());

  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeNulls()
          .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
          .registerTypeAdapter(Instant.class, TIME)
          .registerTypeAdapter(Instant.class, TIME_BACK)
          .registerTypeAdapter(Manifest.Provenance.class, new ProvenanceJson())
          .registerTypeAdapter(Manifest.Compute.class, new ComputeJson())
          .create();

  private ManifestJson() {}

  static String write(Manifest manifest) {
    return GSON.toJson(manifest) + "\n";
  }

  /** Refuses, with what is wrong, text that is no manifest. */
  static Manifest read(String json) {
    try {
      JsonObject object = GSON.fromJson(json, JsonObject.class);
      if (object == null) {
        throw new IllegalArgumentException("it is empty");
      }
      require(object, Manifest.class);
      addMissing(object.getAsJsonObject("compute"));
      require(object.getAsJsonObject("compute"), Manifest.Compute.class);
      if (object.getAsJsonObject("compute").get(GPU) instanceof JsonObject gpu) {
        require(gpu, Manifest.Gpu.class);
        require(gpu.getAsJsonObject("card"), GpuFacts.class);
      }
      require(object.getAsJsonObject("data"), Manifest.Data.class);
      require(object.getAsJsonObject("provenance"), Manifest.Provenance.class);
      return GSON.fromJson(object, Manifest.class);
    } catch (JsonParseException
        | ClassCastException
        | DateTimeException
        | IllegalStateException
        | UnsupportedOperationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** What version 0.1 did not write. */
  private static void addMissing(JsonObject compute) {
    for (String name : List.of("engineVersion", "instructionSet")) {
      if (compute != null && !compute.has(name)) {
        compute.addProperty(name, "");
      }
    }
  }

  private static void require(JsonObject object, Class<? extends Record> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType() != Optional.class && !object.has(component.getName())) {
        throw new IllegalArgumentException("'" + component.getName() + "' is missing");
      }
    }
  }

  /** Writes the GPU only if one computes, so that manifests of a CPU do not change. */
  private static final class ComputeJson
      implements JsonSerializer<Manifest.Compute>, JsonDeserializer<Manifest.Compute> {

    @Override
    public JsonElement serialize(
        Manifest.Compute compute, Type type, JsonSerializationContext context) {
      JsonObject json = new JsonObject();
      json.addProperty("engine", compute.engine());
      json.addProperty("device", compute.device());
      json.addProperty("threads", compute.threads());
      json.addProperty("numberType", compute.numberType());
      json.addProperty("engineVersion", compute.engineVersion());
      json.addProperty("instructionSet", compute.instructionSet());
      compute.gpu().ifPresent(gpu -> json.add(GPU, context.serialize(gpu)));
      return json;
    }

    @Override
    public Manifest.Compute deserialize(
        JsonElement json, Type type, JsonDeserializationContext context) {
      JsonObject object = json.getAsJsonObject();
      return new Manifest.Compute(
          object.get("engine").getAsString(),
          object.get("device").getAsString(),
          object.get("threads").getAsInt(),
          object.get("numberType").getAsString(),
          object.get("engineVersion").getAsString(),
          object.get("instructionSet").getAsString(),
          Optional.ofNullable(context.deserialize(object.get(GPU), Manifest.Gpu.class)));
    }
  }

  /** Gson does not support Optional. */
  private static final class ProvenanceJson
      implements JsonSerializer<Manifest.Provenance>, JsonDeserializer<Manifest.Provenance> {

    @Override
    public JsonElement serialize(
        Manifest.Provenance provenance, Type type, JsonSerializationContext context) {
      JsonObject json = new JsonObject();
      json.add("versions", context.serialize(provenance.versions()));
      json.add("engineReason", orNull(provenance.engineReason(), context));
      json.add("commit", orNull(provenance.commit(), context));
      json.add("machine", context.serialize(provenance.machine()));
      json.add("started", context.serialize(provenance.started()));
      json.add("finished", orNull(provenance.finished(), context));
      return json;
    }

    @Override
    public Manifest.Provenance deserialize(
        JsonElement json, Type type, JsonDeserializationContext context) {
      JsonObject object = json.getAsJsonObject();
      Type versions =
          TypeToken.getParameterized(LinkedHashMap.class, String.class, String.class).getType();
      return new Manifest.Provenance(
          context.deserialize(object.get("versions"), versions),
          optional(object.get("engineReason"), String.class, context),
          optional(object.get("commit"), String.class, context),
          context.deserialize(object.get("machine"), Machine.class),
          context.deserialize(object.get("started"), Instant.class),
          optional(object.get("finished"), Instant.class, context));
    }

    private static JsonElement orNull(Optional<?> value, JsonSerializationContext context) {
      return value.map(context::serialize).orElse(JsonNull.INSTANCE);
    }

    private static <T> Optional<T> optional(
        JsonElement json, Class<T> type, JsonDeserializationContext context) {
      return Optional.ofNullable(type.cast(context.<Object>deserialize(json, type)));
    }
  }
}
