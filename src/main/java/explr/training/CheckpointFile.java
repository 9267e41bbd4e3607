package explr.training;

import explr.engine.Precision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A checkpoint as bytes, with a checksum at the end.
 *
 * <p>Layout, big-endian: magic, version, run identity (UTF), marks (count, then name and long
 * each), iteration, precision (UTF), scale exponent, the period's scores (double, long, long), the
 * weights at the period's start (count, then name and array each), weights, buffer, means,
 * variances; CRC-32C of all before it. An array is its length and its values, of {@link
 * Precision#bytes} bytes each. With another number of buffers than one it is version 3, in which
 * that number stands before the buffers.
 *
 * @param identity of the run that it belongs to
 * @param marks numbers that the caller keeps with it, such as the lengths of its logs
 * @param checkpoint the run
 */
public record CheckpointFile(String identity, Map<String, Long> marks, Checkpoint checkpoint) {

  private static final int MAGIC = 0x6578706c; // "expl"
  private static final int VERSION = 2;
  private static final int VERSION_OF_SEVERAL_BUFFERS = 3;

  /** A whole checkpoint in a format that a later version introduced. */
  public static final class LaterVersionException extends IOException {
    private LaterVersionException(String message) {
      super(message);
    }
  }

  /** The bytes to write. The same checkpoint gives the same bytes. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(version(checkpoint.state()));
      out.writeUTF(identity);
      out.writeInt(marks.size());
      for (Map.Entry<String, Long> mark : marks.entrySet()) {
        out.writeUTF(mark.getKey());
        out.writeLong(mark.getValue());
      }
      write(out, checkpoint);
      CRC32C checksum = new CRC32C();
      checksum.update(bytes.toByteArray());
      out.writeLong(checksum.getValue());
    } catch (IOException e) {
      throw new AssertionError("memory does not fail to be written to", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Checkpoint checkpoint) throws IOException {
    State state = checkpoint.state();
    out.writeLong(state.iteration());
    out.writeUTF(state.precision().name());
    out.writeInt(state.scaleExponent());
    out.writeDouble(checkpoint.periodSoFar().loss());
    out.writeLong(checkpoint.periodSoFar().correct());
    out.writeLong(checkpoint.periodSoFar().count());
    out.writeInt(checkpoint.periodStart().size());
    for (Map.Entry<String, double[]> weight : checkpoint.periodStart().entrySet()) {
      out.writeUTF(weight.getKey());
      write(out, state.precision(), weight.getValue());
    }
    write(out, state.precision(), state.weights());
    if (version(state) == VERSION_OF_SEVERAL_BUFFERS) {
      out.writeInt(state.buffers().size());
    }
    for (double[] buffer : state.buffers()) {
      write(out, state.precision(), buffer);
    }
    write(out, state.precision(), state.means());
    write(out, state.precision(), state.variances());
  }

  private static int version(State state) {
    return state.buffers().size() == 1 ? VERSION : VERSION_OF_SEVERAL_BUFFERS;
  }

  private static void write(DataOutputStream out, Precision precision, double[] values)
      throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      if (precision.bytes() == Float.BYTES) {
        out.writeFloat((float) value);
      } else {
        out.writeDouble(value);
      }
    }
  }

  /**
   * Reads what {@link #toBytes} gave.
   *
   * @throws LaterVersionException if it is whole, and a later version wrote it
   * @throws IOException if a byte was lost or changed, or it is no checkpoint
   */
  public static CheckpointFile read(byte[] bytes) throws IOException {
    if (bytes.length < Long.BYTES) {
      throw new IOException("the checkpoint has only " + bytes.length + " bytes");
    }
    byte[] content = Arrays.copyOf(bytes, bytes.length - Long.BYTES);
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    try (DataInputStream end =
            new DataInputStream(new ByteArrayInputStream(bytes, content.length, Long.BYTES));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      if (end.readLong() != checksum.getValue()) {
        throw new IOException("the checkpoint is damaged: its checksum does not fit its content");
      }
      int magic = in.readInt();
      int version = in.readInt();
      if (magic != MAGIC || version < VERSION || version > VERSION_OF_SEVERAL_BUFFERS) {
        String message =
            "format %08x, version %d; this one reads %08x, version %d"
                .formatted(magic, version, MAGIC, VERSION_OF_SEVERAL_BUFFERS);
        throw magic == MAGIC && version > VERSION_OF_SEVERAL_BUFFERS
            ? new LaterVersionException(message)
            : new IOException(message);
      }
      String identity = in.readUTF();
      Map<String, Long> marks = new LinkedHashMap<>();
      for (int count = in.readInt(); count > 0; count--) {
        marks.put(in.readUTF(), in.readLong());
      }
      return new CheckpointFile(identity, marks, readCheckpoint(in, version));
    }
  }

  private static Checkpoint readCheckpoint(DataInputStream in, int version) throws IOException {
    long iteration = in.readLong();
    Precision precision = Precision.valueOf(in.readUTF());
    int scaleExponent = in.readInt();
    Scores periodSoFar = new Scores(in.readDouble(), in.readLong(), in.readLong());
    Map<String, double[]> periodStart = new LinkedHashMap<>();
    for (int count = in.readInt(); count > 0; count--) {
      periodStart.put(in.readUTF(), readArray(in, precision));
    }
    double[] weights = readArray(in, precision);
    List<double[]> buffers = new ArrayList<>();
    for (int count = version == VERSION ? 1 : in.readInt(); count > 0; count--) {
      buffers.add(readArray(in, precision));
    }
    State state =
        new State(
            iteration,
            precision,
            scaleExponent,
            weights,
            buffers,
            readArray(in, precision),
            readArray(in, precision));
    return new Checkpoint(state, periodSoFar, periodStart);
  }

  private static double[] readArray(DataInputStream in, Precision precision) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available() / precision.bytes()) {
      throw new IOException("the checkpoint ends within an array of " + length + " numbers");
    }
    double[] values = new double[length];
    for (int i = 0; i < values.length; i++) {
      values[i] = precision.bytes() == Float.BYTES ? in.readFloat() : in.readDouble();
    }
    return values;
  }
}
