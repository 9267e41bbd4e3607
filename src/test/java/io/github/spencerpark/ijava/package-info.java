/**
 * A kernel that stands in for IJava 1.3.0 in tests, since IJava itself is on no registry.
 *
 * <p>It is built on IJava's published base, {@code io.github.spencerpark:jupyter-jvm-basekernel},
 * which speaks Jupyter's protocol, renders values and carries comms, and is to a notebook what
 * IJava is: {@link io.github.spencerpark.ijava.IJava} is found under the same name, {@code
 * IJAVA_CLASSPATH} and {@code IJAVA_STARTUP_SCRIPTS_PATH} mean the same, {@link
 * io.github.spencerpark.ijava.runtime.Display} is imported, and so are the same seven packages of
 * the JDK. Started by {@code src/test/python/kernels.py}, it also has the Gson of 2018 on its class
 * path that IJava brings.
 *
 * <p>It never does more than IJava: what it lacks (magics, completion, documentation of names, time
 * limits) fails in words, so a notebook that runs here asks for nothing that IJava has not.
 */
package io.github.spencerpark.ijava;
