package explr.cli;

import explr.experiment.Segment;
import java.io.IOException;

/** Trains one segment, in the thread that asks for it. */
interface SegmentRunner {

  /**
   * How the training of a segment ended.
   *
   * @param done whether it is trained to its end
   * @param stopped whether a signal stopped it; it is saved
   * @param failure what went wrong, after the run's title in a sentence; empty otherwise
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
