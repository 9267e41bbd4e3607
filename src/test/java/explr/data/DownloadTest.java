package explr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import explr.file.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloadTest {

  @TempDir private Path folder;
  private HttpServer server;

  /** The Range header of every request; "all" where there was none. */
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private byte[] archive;

  /** Bytes after which the server breaks off an answer, unless this is more than is asked for. */
  private volatile int breaksAfter = Integer.MAX_VALUE;

  private volatile boolean knowsRanges = true;
  private volatile int status;

  @BeforeEach
  void serve() throws IOException {
    archive = Made.archive();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(range == null ? "all" : range);
    int from = 0;
    int answer = 200;
    if (range != null && knowsRanges) {
      from = Integer.parseInt(range.replaceAll("\\D", ""));
      exchange
          .getResponseHeaders()
          .add(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, archive.length - 1, archive.length));
      answer = 206;
    }
    exchange.sendResponseHeaders(status == 0 ? answer : status, archive.length - from);
    int length = Math.min(breaksAfter, archive.length - from);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(archive, from, length);
      body.flush();
    } finally {
      exchange.close(); // fewer bytes than announced: the connection breaks off
    }
  }

  private Download source(String md5) {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/cifar.tar.gz");
    return new Download(uri, archive.length, md5, Duration.ofMillis(1));
  }

  private Path download() {
    return download(DownloadProgress.silent());
  }

  private Path download(DownloadProgress progress) {
    String md5 = HexFormat.of().formatHex(Digests.of("MD5").digest(archive));
    return Cifar10.download(folder, source(md5), Made.RECORDS, progress);
  }

  private Path part() {
    return folder.resolve("cifar-10-binary.tar.gz.part");
  }

  private void nothingIsLeftButTheData() throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(Cifar10.FOLDER, ".cifar-10.lock");
    }
  }

  @Test
  void downloadsChecksAndUnpacks() throws IOException {
    List<Long> seen = new CopyOnWriteArrayList<>();
    Path batches =
        download(
            (bytes, total) -> {
              assertThat(total).isEqualTo(archive.length);
              seen.add(bytes);
            });
    assertThat(seen).isSorted().startsWith(0L).endsWith((long) archive.length);
    Made.cifar10(folder.resolve("expected"));
    assertThat(Cifar10.read(batches, Made.RECORDS))
        .isEqualTo(Cifar10.read(folder.resolve("expected"), Made.RECORDS));
  }

  @Test
  void aSecondCallTransfersNothing() throws IOException {
    download();
    download();
    assertThat(requests).containsExactly("all");
    nothingIsLeftButTheData();
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws IOException {
    breaksAfter = archive.length / 3;
    download();
    assertThat(requests.get(0)).isEqualTo("all");
    assertThat(requests).hasSizeGreaterThan(1);
    assertThat(requests.subList(1, requests.size())).allMatch(r -> !r.equals("bytes=0-"));
    nothingIsLeftButTheData();
  }

  @Test
  void goesOnWithWhatAnEarlierProcessLeft() throws IOException {
    Files.write(part(), Arrays.copyOf(archive, 1000));
    download();
    assertThat(requests).containsExactly("bytes=1000-");
  }

  @Test
  void beginsAnewWithAServerThatKnowsNoRanges() throws IOException {
    knowsRanges = false;
    Files.write(part(), new byte[1000]);
    download();
    nothingIsLeftButTheData();
  }

  @Test
  void givesUpAfterAFewAttemptsAndKeepsWhatArrived() throws IOException {
    Files.write(part(), Arrays.copyOf(archive, 1000));
    status = 503;
    assertThatThrownBy(this::download)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("stopped at 1000 of " + archive.length)
        .hasMessageContaining("503");
    assertThat(requests).hasSize(4);
    assertThat(part()).hasSize(1000);
    status = 0;
    download();
    nothingIsLeftButTheData();
  }

  @Test
  void removesAFileWithAnotherChecksum() throws IOException {
    String other = "0".repeat(32);
    assertThatThrownBy(
            () -> Cifar10.download(folder, source(other), Made.RECORDS, DownloadProgress.silent()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("instead of " + other);
    assertThat(part()).doesNotExist();
    assertThat(folder.resolve(Cifar10.FOLDER)).doesNotExist();
  }

  @Test
  void anArchiveThatLeadsOutOfTheFolderLeavesNothingBehind() throws IOException {
    archive = Made.gzip(Made.end(Made.entry("../../evil", '0', new byte[10])));
    assertThatThrownBy(this::download)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("outside");
    assertThat(folder.resolveSibling("evil")).doesNotExist();
    assertThat(folder.resolve("evil")).doesNotExist();
    assertThat(folder.resolve(Cifar10.FOLDER)).doesNotExist();
  }

  @Test
  void anInterruptStopsItAndKeepsWhatArrived() throws IOException {
    Files.write(part(), Arrays.copyOf(archive, 1000));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(this::download)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(part()).exists();
    download();
    nothingIsLeftButTheData();
  }

  @Test
  void twoDownloadsIntoOneFolderDoNotMix() {
    assertThatThrownBy(
            () ->
                download(
                    (bytes, total) ->
                        Cifar10.download(
                            folder, source("unused"), Made.RECORDS, DownloadProgress.silent())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("under way");
  }
}
