package explr.notebook;

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
    Notebook.open(frontend(kernel));
    kernel.eval(Script.text("imports.jshell"));
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    Notebook.close();
  }

  // Not setDisplayId: newer kernels than the one compiled against lack it.
  private static Frontend frontend(BaseKernel kernel) {
    return new KernelFrontend<DisplayData>(
        DisplayData::new,
        DisplayData::putData,
        (id, output) -> {
          output.putTransientData("display_id", id);
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
        new JJavaChannels(kernel.getCommManager()));
  }
}
