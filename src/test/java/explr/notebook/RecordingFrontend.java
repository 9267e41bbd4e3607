package explr.notebook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A page without a browser: keeps what a notebook's file would hold. */
final class RecordingFrontend implements Frontend {

  final Map<Class<?>, Function<Object, Bundle>> looks = new HashMap<>();
  final Map<String, Bundle> outputs = new LinkedHashMap<>();
  final List<Boolean> interruptedWhenSending = new ArrayList<>();
  final RecordingChannels channels = new RecordingChannels();
  int updates;

  /** What the kernel would say of the running cell. */
  Optional<Execution> running = Optional.empty();

  @Override
  @SuppressWarnings("unchecked")
  public <T> void register(Class<T> type, Function<? super T, Bundle> look) {
    looks.put(type, (Function<Object, Bundle>) look);
  }

  @Override
  public void display(String id, Bundle bundle) {
    sent();
    outputs.put(id, bundle);
  }

  @Override
  public void update(String id, Bundle bundle) {
    sent();
    updates++;
    if (outputs.replace(id, bundle) == null) {
      throw new AssertionError("nothing was displayed as " + id);
    }
  }

  @Override
  public Optional<Execution> running() {
    return running;
  }

  @Override
  public Channels channels() {
    return channels;
  }

  private void sent() {
    interruptedWhenSending.add(Thread.currentThread().isInterrupted());
  }

  long size() {
    return outputs.values().stream()
        .flatMap(bundle -> bundle.formats().values().stream())
        .mapToLong(content -> content.toString().length())
        .sum();
  }
}
