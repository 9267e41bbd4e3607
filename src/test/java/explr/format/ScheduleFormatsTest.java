package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import explr.schedule.KnownSchedule;
import explr.schedule.RandomSchedules;
import explr.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every known schedule has an entry, and every entry documents what it reads. */
class ScheduleFormatsTest {

  @TempDir private Path folder;

  static Stream<ScheduleFormat<?>> all() {
    return ScheduleFormats.all();
  }

  /** The records that a sealed interface permits and that no entry is for. */
  private static List<String> withoutEntry(Class<?> type, Set<Class<?>> entries) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .flatMap(permitted -> withoutEntry(permitted, entries).stream())
            .toList()
        : Stream.of(type)
            .filter(record -> !entries.contains(record))
            .map(Class::getSimpleName)
            .toList();
  }

  @Test
  void everyKnownScheduleHasAnEntry() {
    Set<Class<?>> entries = all().map(ScheduleFormat::type).collect(Collectors.toSet());
    assertThat(withoutEntry(KnownSchedule.class, entries))
        .as("schedules without an entry in ScheduleFormats")
        .isEmpty();
    entries.remove(explr.schedule.Cosine.class);
    assertThat(withoutEntry(KnownSchedule.class, entries)).containsExactly("Cosine");
  }

  @Test
  void noTwoEntriesHaveTheSameNameOrType() {
    assertThat(all().map(ScheduleFormat::name)).doesNotHaveDuplicates();
    assertThat(all().map(ScheduleFormat::type)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("all")
  void itsExamplesReadBackToEqualSchedules(ScheduleFormat<?> format) throws IOException {
    for (JsonObject example : examples(format)) {
      Schedule schedule = reader().read(example, "example");
      assertThat(reader().read(ScheduleWriter.write(schedule), "")).isEqualTo(schedule);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void itsExamplesHaveExactlyTheKeysThatItDocuments(ScheduleFormat<?> format) {
    Set<String> documented = names(format);
    for (String key : documented) {
      assertThat(examples(format)).as(key).anyMatch(example -> has(example, key));
    }
    Set<String> others =
        examples(format).stream()
            .flatMap(example -> example.keySet().stream())
            .collect(Collectors.toSet());
    others.removeAll(topLevel(documented));
    if (format instanceof PlainFormat<?>) {
      others.removeAll(ScheduleFormats.MODIFIERS.stream().map(ScheduleFormat::name).toList());
      assertThat(others).containsExactly("schedule");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void itReadsExactlyTheKeysThatItDocuments(ScheduleFormat<?> format) throws IOException {
    Set<String> asked =
        examples(format).stream()
            .flatMap(example -> asked(example).stream())
            .collect(Collectors.toSet());
    Set<String> documented = topLevel(names(format));
    assertThat(asked).containsAll(documented);
    if (format instanceof PlainFormat<?>) {
      ScheduleFormats.MODIFIERS.forEach(modifier -> asked.remove(modifier.name()));
      asked.remove("schedule");
      assertThat(asked).isEqualTo(documented);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void itsLineOfHelpNamesItsKeysAndFitsATerminal(ScheduleFormat<?> format) {
    String line =
        FormatReference.help().stream()
            .filter(help -> help.startsWith("  " + format.name() + " "))
            .findFirst()
            .orElseThrow();
    assertThat(line.length()).isLessThanOrEqualTo(80);
    for (String key : names(format)) {
      assertThat(line).contains(key.replaceFirst("^" + format.name() + "\\.", ""));
    }
  }

  @Test
  void everyModifierOfEveryScheduleReadsAsTheMethodOfSchedule() {
    RandomSchedules random = new RandomSchedules(12, 40);
    for (var plain : random.plainTypes()) {
      for (var by : random.modifierTypes()) {
        KnownSchedule schedule = random.one(plain);
        Schedule modified = random.modifier(by).apply(schedule);
        JsonElement json = ScheduleWriter.write(modified);
        assertThat(reader().read(json, "")).isEqualTo(modified).isInstanceOf(by);
        assertThat(json.getAsJsonObject().keySet())
            .as("the modifier stands among the keys of the schedule")
            .contains(ScheduleFormats.of((KnownSchedule) modified).name());
      }
    }
  }

  private ScheduleReader reader() {
    return new ScheduleReader(folder, warning -> {});
  }

  /** The examples, with the file that they name. */
  private List<JsonObject> examples(ScheduleFormat<?> format) {
    try {
      Files.writeString(
          folder.resolve("rates.csv"),
          "iteration,learning_rate,ln_learning_rate\n0,0.1,-2.3\n5,0.2,-1.6\n");
      Files.writeString(folder.resolve("metrics.csv"), "step,lr-SGD\n49,0.2\n99,0.1\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return format.examples().stream()
        .map(example -> JsonParser.parseString(example).getAsJsonObject())
        .toList();
  }

  /** The keys that reading an object asks for, as the refusal of an unknown key lists them. */
  private Set<String> asked(JsonObject example) {
    JsonObject withUnknown = example.deepCopy();
    withUnknown.addProperty("unknown", 1);
    String message = catchThrowable(() -> reader().read(withUnknown, "")).getMessage();
    String list = message.substring(message.indexOf("the keys are ") + "the keys are ".length());
    return Set.of(list.split(", "));
  }

  private static Set<String> names(ScheduleFormat<?> format) {
    return format.keys().stream().map(Key::name).collect(Collectors.toSet());
  }

  /** Of warmed_up.over and phases[].during the first part. */
  private static Set<String> topLevel(Set<String> paths) {
    return paths.stream().map(path -> path.split("[.\\[]")[0]).collect(Collectors.toSet());
  }

  private static boolean has(JsonElement json, String path) {
    JsonElement found = json;
    for (String part : path.split("\\.")) {
      String key = part.replace("[]", "");
      if (!found.isJsonObject() || !found.getAsJsonObject().has(key)) {
        return false;
      }
      found = found.getAsJsonObject().get(key);
      found = found.isJsonArray() && part.endsWith("[]") ? found.getAsJsonArray().get(0) : found;
    }
    return true;
  }
}
