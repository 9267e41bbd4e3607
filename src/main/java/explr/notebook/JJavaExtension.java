package explr.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * Joins the project to the JJava kernel, which finds this class as a service and installs it at its
 * start.
 */
public final class JJavaExtension implements Extension {

  @Override
  public void install(BaseKernel kernel) {
    Notebook.open(new JJava(kernel));
    kernel.eval(imports());
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    Notebook.close();
  }

  private static String imports() {
    try (InputStream script = JJavaExtension.class.getResourceAsStream("imports.jshell")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record JJava(BaseKernel kernel) implements Frontend {

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
      data.putTransientData("display_id", id);
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
