package io.github.spencerpark.ijava;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs snippets in this JVM, each on a thread of its own that an interrupt reaches.
 *
 * <p>JShell passes on the texts of values alone, where a notebook shows the values themselves. So
 * they are kept here, and what JShell passes on is the key of one.
 */
final class Snippets extends DirectExecutionControl {

  private final ExecutorService threads = Executors.newCachedThreadPool(Snippets::thread);
  private final Map<String, Optional<Object>> values = new ConcurrentHashMap<>();
  private volatile Future<?> running;

  /** What hands this to a JShell. */
  ExecutionControlProvider provider() {
    return new ExecutionControlProvider() {
      @Override
      public String name() {
        return "snippets";
      }

      @Override
      public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
        return Snippets.this;
      }
    };
  }

  /** The value that was kept under a key, which may be null. */
  Object value(String key) {
    return values.get(key).orElse(null);
  }

  /** Keeps no value any longer than its snippet's result is asked for. */
  void forget() {
    values.clear();
  }

  /** Gives up what is running and interrupts its thread. */
  void interrupt() {
    Future<?> now = running;
    if (now != null) {
      now.cancel(true);
    }
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    Future<Object> result = threads.submit(() -> snippet.invoke(null));
    running = result;
    try {
      String key = "value-" + values.size();
      values.put(key, Optional.ofNullable(result.get()));
      return key;
    } catch (CancellationException e) {
      throw new UserException("the cell was interrupted", "Interrupted", e.getStackTrace());
    } catch (ExecutionException e) {
      // What the snippet threw, in reflection's wrapper, which JShell takes off.
      throw e.getCause() instanceof Exception wrapper ? wrapper : e;
    } finally {
      running = null;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    super.close();
  }

  private static Thread thread(Runnable snippets) {
    Thread thread = new Thread(snippets, "snippets");
    thread.setDaemon(true);
    return thread;
  }
}
