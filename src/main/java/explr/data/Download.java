package explr.data;

import explr.file.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A file on the web of which size and checksum are known beforehand.
 *
 * @param uri where it lies, http or https
 * @param bytes its size
 * @param md5 its MD5, in hexadecimal (the checksum that CIFAR-10's authors publish; it guards
 *     against damage)
 * @param pause how long to wait before trying again after a failure; longer each time
 */
record Download(URI uri, long bytes, String md5, Duration pause) {

  /** Failures in a row, without a byte between them, after which a download gives up. */
  private static final int ATTEMPTS = 4;

  private static final int TIMEOUT_MILLIS = 30_000;

  Download(URI uri, long bytes, String md5) {
    this(uri, bytes, md5, Duration.ofSeconds(2));
  }

  /**
   * Transfers the file, going on from what earlier attempts left in {@code FILE.part}, and checks
   * it. Where {@code file} exists, it is only checked.
   */
  void to(Path file, DownloadProgress progress) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    if (Files.exists(file)) {
      Files.move(file, part, StandardCopyOption.REPLACE_EXISTING);
    }
    try (FileChannel out =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (out.size() > bytes) {
        out.truncate(0);
      }
      progress.at(out.size(), bytes);
      receiveAll(out, part, progress);
    }
    check(part);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void receiveAll(FileChannel out, Path part, DownloadProgress progress)
      throws IOException {
    int failures = 0;
    while (out.size() < bytes) {
      long before = out.size();
      try {
        receive(out, progress);
      } catch (TransferException e) {
        failures = out.size() > before ? 1 : failures + 1;
        if (failures == ATTEMPTS) {
          throw stopped(out.size(), part, e);
        }
        waitBeforeAttempt(failures, out.size(), part);
      }
    }
  }

  private void receive(FileChannel out, DownloadProgress progress)
      throws TransferException, IOException {
    try (InputStream in = open(out)) {
      byte[] piece = new byte[1 << 16];
      while (out.size() < bytes) {
        int length = read(in, piece, (int) Math.min(piece.length, bytes - out.size()));
        ByteBuffer buffer = ByteBuffer.wrap(piece, 0, length);
        while (buffer.hasRemaining()) {
          out.write(buffer, out.size());
        }
        progress.at(out.size(), bytes);
      }
    }
  }

  /** Asks for what is missing; a server that knows no ranges sends all, and so all begins anew. */
  private InputStream open(FileChannel out) throws TransferException, IOException {
    HttpURLConnection connection;
    int status;
    try {
      connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      if (out.size() > 0) {
        connection.setRequestProperty("Range", "bytes=" + out.size() + "-");
      }
      status = connection.getResponseCode();
    } catch (IOException e) {
      throw new TransferException(e.toString(), e);
    }
    if (status == HttpURLConnection.HTTP_OK) {
      out.truncate(0);
    } else if (status != HttpURLConnection.HTTP_PARTIAL) {
      throw new TransferException("the server answered with status " + status, null);
    } else {
      String range = connection.getHeaderField("Content-Range");
      if (range == null || !range.startsWith("bytes " + out.size() + "-")) {
        String asked =
            "asked for bytes from %d on, the server sent %s".formatted(out.size(), range);
        out.truncate(0);
        throw new TransferException(asked, null);
      }
    }
    try {
      return connection.getInputStream();
    } catch (IOException e) {
      throw new TransferException(e.toString(), e);
    }
  }

  private static int read(InputStream in, byte[] piece, int most) throws TransferException {
    if (Thread.currentThread().isInterrupted()) {
      throw new DataException(
          "the download was interrupted; what has arrived is kept, and the next attempt goes on"
              + " from there");
    }
    try {
      int length = in.read(piece, 0, most);
      if (length < 0) {
        throw new TransferException("the connection ended early", null);
      }
      return length;
    } catch (IOException e) {
      throw new TransferException(e.toString(), e);
    }
  }

  private void waitBeforeAttempt(int failures, long arrived, Path part) {
    try {
      Thread.sleep(pause.toMillis() * failures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(arrived, part, e);
    }
  }

  private DataException stopped(long arrived, Path part, Exception cause) {
    return new DataException(
        ("the download of %s stopped at %d of %d bytes: %s; what has arrived is kept in %s: run the"
                + " same again to go on from there, or unpack the archive yourself and name its"
                + " folder, or use the embedded sample")
            .formatted(uri, arrived, bytes, cause.getMessage(), part.toAbsolutePath()),
        cause);
  }

  private void check(Path part) throws IOException {
    MessageDigest digest = Digests.of("MD5");
    try (InputStream in = Files.newInputStream(part)) {
      byte[] piece = new byte[1 << 16];
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        digest.update(piece, 0, length);
      }
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(md5)) {
      Files.delete(part);
      throw new DataException(
          ("the file downloaded from %s has the MD5 checksum %s instead of %s; it was removed: try"
                  + " again, and if that does not help, the server or a proxy sends another file")
              .formatted(uri, found, md5));
    }
  }

  /** The network failed, as opposed to the disk; worth another attempt. */
  private static final class TransferException extends Exception {
    TransferException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
