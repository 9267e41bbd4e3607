package explr.notebook;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What is asked of a running kernel, whichever of the two it is. */
interface Frontend {

  /**
   * Shows every value of {@code type} as {@code look} says, wherever a cell displays or returns
   * one.
   */
  <T> void register(Class<T> type, Function<? super T, Bundle> look);

  /** Adds an output to the running cell, which {@link #update} can replace by its {@code id}. */
  void display(String id, Bundle bundle);

  /** Replaces the output that was displayed with this {@code id}. */
  void update(String id, Bundle bundle);

  /** The run of a cell that outputs go to now; nothing where that is not known. */
  Optional<Execution> running();

  /** Opens lines to the page and takes those that the page opens. */
  Channels channels();

  /** The lines between the kernel and the page. */
  interface Channels {

    /**
     * Opens a line.
     *
     * @param target who shall take it in the page
     * @param opening the first message, an object in JSON
     * @param version of the protocol, for the message's metadata
     * @param received is given every message from the page, in JSON, between cells
     * @return the line; nothing where the kernel is connected to no page
     */
    Optional<Channel> open(
        String target, String opening, String version, Consumer<String> received);

    /**
     * Takes the lines that the page opens to {@code target}.
     *
     * @param answer is given the line and each message that comes by it
     */
    void accept(String target, Answer answer);
  }

  /** What is done with a message that came by a line. */
  interface Answer {
    /** Given the line, to answer by, and the message in JSON. */
    void to(Channel channel, String message);
  }
}
