package explr.notebook;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.function.Function;

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
    Notebook.open(new IJava(kernel()));
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

  private record IJava(BaseKernel kernel) implements Frontend {

    @Override
    public <T> void register(Class<T> type, Function<? super T, Bundle> look) {
      kernel
          .getRenderer()
          .createRegistration(type)
          .preferring(Bundle.PLOTLY, Bundle.HTML, Bundle.TEXT)
          .register(
              (value, context) ->
                  look.apply(value)
                      .formats()
                      .forEach(
                          (format, content) ->
                              context.renderIfRequested(MIMEType.parse(format), () -> content)));
    }

    @Override
    public void display(String id, Bundle bundle) {
      DisplayData data = data(bundle);
      data.setDisplayId(id);
      kernel.display(data);
    }

    @Override
    public void update(String id, Bundle bundle) {
      kernel.getIO().display.updateDisplay(id, data(bundle));
    }

    private static DisplayData data(Bundle bundle) {
      DisplayData data = new DisplayData();
      bundle.formats().forEach(data::putData);
      return data;
    }
  }
}
