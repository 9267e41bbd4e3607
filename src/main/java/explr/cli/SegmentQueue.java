package explr.cli;

import explr.experiment.Segment;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * Hands out a plan's segments, the first in the list first, each as soon as its parent is done.
 * Safe for use by several threads, one for each segment that is trained at a time.
 */
final class SegmentQueue {

  private final List<Segment> segments;
  private final BitSet taken = new BitSet();
  private final BitSet done = new BitSet();
  private int running;
  private boolean stopped;

  SegmentQueue(List<Segment> segments) {
    this.segments = segments;
  }

  /**
   * The number of a segment to train now; waits until there is one.
   *
   * @return empty when no segments are left
   */
  synchronized OptionalInt take() throws InterruptedException {
    while (!stopped) {
      for (int i = 0; i < segments.size(); i++) {
        if (!taken.get(i) && ready(segments.get(i))) {
          taken.set(i);
          running++;
          return OptionalInt.of(i);
        }
      }
      if (running == 0) {
        return OptionalInt.empty();
      }
      wait();
    }
    return OptionalInt.empty();
  }

  private boolean ready(Segment segment) {
    return segment.parent().isEmpty() || done.get(segment.parent().getAsInt());
  }

  /**
   * Marks a segment as finished or failed.
   *
   * @param isDone whether what follows it can be trained
   */
  synchronized void ended(int number, boolean isDone) {
    running--;
    done.set(number, isDone);
    notifyAll();
  }

  /** Stops handing out segments. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  synchronized boolean stopped() {
    return stopped;
  }
}
