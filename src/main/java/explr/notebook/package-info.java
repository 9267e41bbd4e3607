/**
 * How the project's values look in a Java notebook, the same on both Java kernels.
 *
 * <p>A notebook needs only {@link explr.notebook.Live}, the curve that grows while a cell trains.
 * Figures and tables are drawn without being asked: {@link explr.notebook.JJavaExtension} is found
 * by the JJava kernel, and {@link explr.notebook.IJavaStartup} is called by the start-up script of
 * a kernelspec for IJava. Either hands its kernel's calls over as a {@code Frontend}, and nothing
 * else knows which kernel runs. What is imported in every notebook is listed in {@code
 * imports.jshell} beside this package's classes.
 */
package explr.notebook;
