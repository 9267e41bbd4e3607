package explr.benchmark;

import java.nio.file.Path;

/**
 * What the variants in Python need.
 *
 * @param python the interpreter of their environment; it need not exist
 * @param scripts the folder of {@code pytorch_peer.py}, {@code pytorch_gpu_peer.py} and {@code
 *     mxnet_peer.py}
 * @param reference the folder of start and batches
 */
public record Peers(Path python, Path scripts, Path reference) {}
