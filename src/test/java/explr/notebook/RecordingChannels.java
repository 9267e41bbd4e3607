package explr.notebook;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A page's end of the lines, without a page: keeps what was sent, and sends what a test says. */
final class RecordingChannels implements Frontend.Channels {

  /** A line and what came by it from Java, the opening first. */
  record Line(String target, List<JsonObject> sent, Consumer<String> received) implements Channel {
    @Override
    public String id() {
      return "line-to-" + target;
    }

    @Override
    public void send(String json) {
      sent.add(JsonParser.parseString(json).getAsJsonObject());
    }

    JsonObject last() {
      return sent.get(sent.size() - 1);
    }
  }

  final List<Line> opened = new ArrayList<>();

  /** Whether it is a kernel whose messages have another form. */
  boolean refusing;

  private final Map<String, Frontend.Answer> accepted = new HashMap<>();

  @Override
  public Optional<Channel> open(
      String target, String opening, String version, Consumer<String> received) {
    if (refusing) {
      throw new IllegalStateException("another form");
    }
    Line line = new Line(target, new ArrayList<>(), received);
    line.send(opening);
    opened.add(line);
    return Optional.of(line);
  }

  @Override
  public void accept(String target, Frontend.Answer answer) {
    accepted.put(target, answer);
  }

  /** The page opens a line to Java and says something. */
  Line say(String target, String message) {
    Line line = new Line(target, new ArrayList<>(), text -> {});
    accepted.get(target).to(line, message);
    return line;
  }
}
