package explr.experiment;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import explr.file.FileFailure;
import explr.file.Resource;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Profiles as JSON: those that come with the project, and users' files, read strictly. */
final class ProfileFile {

  private static final Gson GSON =
      new GsonBuilder().setFieldNamingPolicy(FieldNamingPolicy.IDENTITY).create();

  /** The names of numeric values. */
  private static final Set<String> NUMBERS =
      Arrays.stream(Profile.class.getRecordComponents())
          .filter(component -> component.getType().isPrimitive())
          .map(RecordComponent::getName)
          .collect(Collectors.toUnmodifiableSet());

  private ProfileFile() {}

  /** One of {@link Profile#BUILT_IN}. */
  static Profile builtIn(String name) {
    return parse(Resource.text(ProfileFile.class, "profiles/" + name + ".json"), "profile " + name);
  }

  /** That of a user's file. */
  static Profile read(String path) {
    Path file = Path.of(path);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "no profile '%s': choose one of %s, or give the path of a JSON file like them"
              .formatted(path, String.join(", ", Profile.BUILT_IN)));
    }
    try {
      Profile read = parse(Files.readString(file), file.toString());
      if (Profile.BUILT_IN.contains(read.name()) && !read.equals(builtIn(read.name()))) {
        throw new IllegalArgumentException(
            "%s has the name of the built-in profile %s and other values: give it another name, and list in changes what it changes"
                .formatted(file, read.name()));
      }
      return read;
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + FileFailure.reason(e), e);
    }
  }

  private static Profile parse(String json, String where) {
    try {
      Set<String> names = names(json);
      Set<String> expected = new TreeSet<>();
      Arrays.stream(Profile.class.getRecordComponents()).forEach(c -> expected.add(c.getName()));
      Set<String> unknown = new TreeSet<>(names);
      unknown.removeAll(expected);
      Set<String> missing = new TreeSet<>(expected);
      missing.removeAll(names);
      missing.remove("changes");
      if (!unknown.isEmpty() || !missing.isEmpty()) {
        throw new IllegalArgumentException(
            where
                + (missing.isEmpty() ? "" : " lacks " + String.join(", ", missing))
                + (missing.isEmpty() || unknown.isEmpty() ? "" : ", and")
                + (unknown.isEmpty() ? "" : " has unknown " + String.join(", ", unknown)));
      }
      // From the text: of numbers in a tree that was parsed before, Gson drops fractions.
      return GSON.fromJson(json, Profile.class);
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new IllegalArgumentException(where + " is not a profile: " + reason(e), e);
    } catch (RuntimeException e) {
      Throwable cause = e.getCause();
      String message =
          cause instanceof IllegalArgumentException ? cause.getMessage() : e.getMessage();
      throw new IllegalArgumentException(
          String.valueOf(message).startsWith(where) ? message : where + ": " + message, e);
    }
  }

  /** The names of a JSON object's values; refuses one that is there twice. */
  private static Set<String> names(String json) throws IOException {
    JsonReader reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.LENIENT);
    Set<String> names = new TreeSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (!names.add(name)) {
        throw new IllegalArgumentException("'" + name + "' is there twice");
      }
      if (NUMBERS.contains(name) && reader.peek() == JsonToken.STRING) {
        requireNumber(name, reader.nextString());
      } else {
        reader.skipValue();
      }
    }
    return names;
  }

  /** Names the value; Gson's message has only the text. */
  private static void requireNumber(String name, String text) {
    if (!text.strip().matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?")) {
      throw new IllegalArgumentException(
          "%s must be a number, not \"%s\""
              .formatted(name, text.length() <= 60 ? text : text.substring(0, 57) + "..."));
    }
  }

  /** Gson's message without the name of an exception before it and a link after it. */
  private static String reason(Exception e) {
    Throwable said = e.getCause() == null ? e : e.getCause();
    return String.valueOf(said.getMessage()).lines().findFirst().orElse("");
  }
}
