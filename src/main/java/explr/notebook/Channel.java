package explr.notebook;

/** A line between the kernel and something in the reader's page: a comm, in Jupyter's words. */
interface Channel {

  /** What the page knows it by. */
  String id();

  /**
   * Sends a message.
   *
   * @param json an object in JSON
   */
  void send(String json);
}
