/**
 * What a training step costs here and elsewhere, measured side by side on one machine.
 *
 * <p>A {@link explr.benchmark.Benchmark} starts each {@link explr.benchmark.Variant} as a process
 * of its own, checks that all compute the same losses, and lets them train in turns. The processes
 * on this side are {@link explr.benchmark.Worker}s; those in Python are {@code environment/peers}.
 * A {@link explr.benchmark.GpuBenchmark} does the same on a GPU.
 */
package explr.benchmark;
