package explr.data;

/** Is told how far a download has come. */
@FunctionalInterface
public interface DownloadProgress {

  /**
   * Called at the beginning, with what an earlier attempt left, and after each piece.
   *
   * @param bytes how many bytes are there
   * @param total how many there will be
   */
  void at(long bytes, long total);

  /** Tells nobody. */
  static DownloadProgress silent() {
    return (bytes, total) -> {};
  }
}
