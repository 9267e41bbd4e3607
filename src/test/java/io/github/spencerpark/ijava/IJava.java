package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogManager;

/**
 * The process of the kernel, and the class by whose name a cell's code finds the kernel it runs in.
 */
public final class IJava {

  /** The kernel that runs in this JVM, or that a test says is running. */
  public static BaseKernel kernel;

  private IJava() {}

  /** The kernel that runs in this JVM, or null. */
  public static BaseKernel getKernelInstance() {
    return kernel;
  }

  /**
   * Serves one notebook until its front end says that it is over.
   *
   * @param arguments Jupyter's connection file
   */
  public static void main(String... arguments) throws Exception {
    LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
    String addresses = Files.readString(Path.of(arguments[0]));
    // Before the connection: its threads run the cells, and inherit the class loader that the
    // cells' classes get here.
    JavaKernel served = new JavaKernel(System.getenv());
    kernel = served;
    JupyterConnection connection =
        new JupyterConnection(KernelConnectionProperties.parse(addresses));
    served.becomeHandlerForConnection(connection);
    connection.connect();
    connection.waitUntilClose();
    // A cell may have left threads behind that would keep the process alive.
    System.exit(0);
  }
}
