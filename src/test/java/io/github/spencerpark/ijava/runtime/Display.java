package io.github.spencerpark.ijava.runtime;

import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.UUID;

/** Shows values while a cell runs; imported into every notebook. */
public final class Display {

  private Display() {}

  /** How a value looks, in the formats that its type prefers. */
  public static DisplayData render(Object value) {
    return kernel().getRenderer().render(value);
  }

  /** How a value looks in the given formats, named by MIME types. */
  public static DisplayData render(Object value, String... formats) {
    return kernel().getRenderer().renderAs(value, formats);
  }

  /** Shows a value below the running cell, and returns an id by which it can be replaced. */
  public static String display(Object value) {
    return show(render(value));
  }

  /** Shows a value in the given formats. */
  public static String display(Object value, String... formats) {
    return show(render(value, formats));
  }

  /** Replaces what was shown under an id. */
  public static void updateDisplay(String id, Object value) {
    kernel().getIO().display.updateDisplay(id, render(value));
  }

  /** Replaces what was shown under an id, in the given formats. */
  public static void updateDisplay(String id, Object value, String... formats) {
    kernel().getIO().display.updateDisplay(id, render(value, formats));
  }

  private static String show(DisplayData output) {
    if (!output.hasDisplayId()) {
      output.setDisplayId(UUID.randomUUID().toString());
    }
    kernel().display(output);
    return output.getDisplayId();
  }

  private static BaseKernel kernel() {
    BaseKernel kernel = IJava.getKernelInstance();
    if (kernel == null) {
      throw new IllegalStateException("no kernel is running in this JVM");
    }
    return kernel;
  }
}
