package explr.engine;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import explr.machine.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The CUDA streams of this process's threads: each thread has one on each card, and keeps it.
 *
 * <p>libtorch has 32 streams a card and hands them out in turn, so that of a thread that has ended
 * goes to the next one that needs one.
 */
final class CudaStreams {

  static final String FROM_POOL = "_ZN3c104cuda17getStreamFromPoolEba";
  static final String SET_CURRENT = "_ZN3c104cuda20setCurrentCUDAStreamENS0_10CUDAStreamE";
  static final String RAW = "_ZNK3c104cuda10CUDAStream6streamEv";

  /** Streams of one priority that libtorch has for a card. */
  private static final int MOST = 32;

  private static final byte USUAL_PRIORITY = 0;

  private final Function fromPool;
  private final Function setCurrent;
  private final Function raw;
  private final List<Owned> owned = new ArrayList<>();
  private final ThreadLocal<Map<Integer, Stream>> ofThread = ThreadLocal.withInitial(HashMap::new);

  /** {@code c10::cuda::CUDAStream}, in a register pair. */
  @Structure.FieldOrder({"type", "index", "id"})
  public static class Value extends Structure implements Structure.ByValue {
    /** {@code c10::DeviceType}. */
    public byte type;

    /** The device. */
    public byte index;

    /** {@code c10::StreamId}. */
    public long id;
  }

  /**
   * A stream.
   *
   * @param value libtorch's
   * @param raw CUDA's
   */
  record Stream(Value value, Pointer raw) {}

  private record Owned(Thread thread, int device, Stream stream) {}

  /** Streams of a library that exports libtorch's functions. */
  CudaStreams(Symbols libtorch) {
    fromPool = libtorch.function(FROM_POOL);
    setCurrent = libtorch.function(SET_CURRENT);
    raw = libtorch.function(RAW);
  }

  /** Makes the calling thread's stream on a card its current one. */
  Stream enter(int device) {
    Stream stream = ofThread.get().computeIfAbsent(device, this::acquire);
    setCurrent.invokeVoid(new Object[] {stream.value});
    return stream;
  }

  private synchronized Stream acquire(int device) {
    Thread caller = Thread.currentThread();
    int living = 0;
    for (int i = 0; i < owned.size(); i++) {
      Owned each = owned.get(i);
      if (each.device == device && !each.thread.isAlive()) {
        owned.set(i, new Owned(caller, device, each.stream));
        return each.stream;
      }
      living += each.device == device ? 1 : 0;
    }
    if (living == MOST) {
      throw new IllegalStateException(
          "gpu:%d is used by %d threads, the most at once; close networks, or train fewer runs at a time"
              .formatted(device, MOST));
    }
    Value value =
        (Value) fromPool.invoke(Value.class, new Object[] {USUAL_PRIORITY, (byte) device});
    value.write();
    Stream stream = new Stream(value, raw.invokePointer(new Object[] {value.getPointer()}));
    owned.add(new Owned(caller, device, stream));
    return stream;
  }
}
