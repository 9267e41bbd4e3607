/**
 * Networks made trainable on a deep learning engine; the only package that knows an engine's own
 * classes.
 *
 * <p>A {@link explr.engine.Backend} says which engine, device, number type, threads and algorithms;
 * {@link explr.engine.Backend#open} makes a {@link explr.engine.Network} of an architecture on it.
 * What a network computes many times is a {@link explr.engine.Program}, which a GPU captures.
 * {@link explr.engine.Rescaling} asks such a network whether it feels the size of its weights.
 */
package explr.engine;
