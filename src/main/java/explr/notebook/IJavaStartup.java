package explr.notebook;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;

/**
 * Joins the project to the IJava kernel, which knows no extensions: the start-up script of the
 * project's kernelspec for IJava, {@code environment/ijava.jshell}, calls {@link #install}. That
 * kernelspec names {@code imports.jshell} as a second script.
 */
public final class IJavaStartup {

  private IJavaStartup() {}

  /**
   * Makes the running IJava kernel draw the project's values.
   *
   * @throws IllegalStateException if this JVM is not an IJava kernel
   */
  public static void install() {
    Notebook.open(frontend(kernel()));
  }

  private static Frontend frontend(BaseKernel kernel) {
    return new KernelFrontend<DisplayData>(
        DisplayData::new,
        DisplayData::putData,
        (id, output) -> {
          output.setDisplayId(id);
          kernel.display(output);
        },
        (id, output) -> kernel.getIO().display.updateDisplay(id, output),
        () -> Execution.of(kernel.getIO().display),
        (type, preferred, look) ->
            kernel
                .getRenderer()
                .createRegistration(type)
                .preferring(preferred)
                .register(
                    (value, context) ->
                        look.show(
                            value,
                            (format, content) ->
                                context.renderIfRequested(MIMEType.parse(format), () -> content))),
        new IJavaChannels(kernel.getCommManager()));
  }

  // IJava is on no registry, so its own class is reached by name; the types it is made of are
  // published.
  private static BaseKernel kernel() {
    try {
      Object kernel =
          Class.forName("io.github.spencerpark.ijava.IJava")
              .getMethod("getKernelInstance")
              .invoke(null);
      if (kernel instanceof BaseKernel running) {
        return running;
      }
      throw new IllegalStateException("no IJava kernel is running in this JVM");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this JVM is not an IJava kernel (" + e + "); with JJava nothing needs to be called", e);
    }
  }
}
