package explr.cli;

import explr.experiment.Segment;
import java.io.IOException;

/** Trains one segment in the calling thread. */
interface SegmentRunner {

  /**
   * The result of training a segment.
   *
   * @param done whether the segment is complete
   * @param stopped whether a signal stopped it; it is then saved
   * @param failure what went wrong, as the predicate of a sentence about the run; empty otherwise
   */
  record End(boolean done, boolean stopped, String failure) {

    static final End DONE = new End(true, false, "");
    static final End STOPPED = new End(false, true, "");

    static End failed(String failure) {
      return new End(false, false, failure);
    }
  }

  /**
   * Trains what is left of a segment.
   *
   * @throws InterruptedException if the thread was interrupted; the segment is saved
   */
  End train(Segment segment) throws IOException, InterruptedException;
}
