/**
 * The cost of a training step in this project and in others, measured in turns on one machine.
 *
 * <p>A {@link explr.benchmark.Benchmark} starts each {@link explr.benchmark.Variant} in its own
 * process, checks that all compute the same losses, and lets them train in turns. The processes in
 * Java are {@link explr.benchmark.Worker}s; those in Python are in {@code environment/peers}. A
 * {@link explr.benchmark.GpuBenchmark} does the same on a GPU.
 */
package explr.benchmark;
