package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.Map;

/** Answers Jupyter's requests out of a shell of Java; the base class answers those about comms. */
public class JavaKernel extends BaseKernel {

  private final Shell shell;

  /**
   * A kernel that has run nothing yet.
   *
   * @param environment the variables that name its class path and start-up scripts
   */
  public JavaKernel(Map<String, String> environment) {
    shell = Shell.open(environment);
  }

  @Override
  public DisplayData eval(String cell) throws CellException {
    Object value = shell.run(cell);
    if (value == null || value instanceof DisplayData) {
      return (DisplayData) value;
    }
    return getRenderer().render(value);
  }

  @Override
  public void interrupt() {
    shell.interrupt();
  }

  @Override
  public void onShutdown(boolean restarts) {
    shell.close();
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    return new LanguageInfo.Builder("Java")
        .version(Runtime.version().toString())
        .mimetype("text/x-java-source")
        .fileExtension(".jshell")
        .pygments("java")
        .codemirror("java")
        .build();
  }
}
