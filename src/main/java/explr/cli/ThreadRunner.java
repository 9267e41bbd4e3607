package explr.cli;

import explr.experiment.Segment;
import explr.experiment.Trainer;
import java.io.IOException;
import java.util.function.ToLongFunction;

/**
 * Trains segments in this process: one run at a time, or several on a GPU, where each thread has
 * its own CUDA stream and the kernels of several runs overlap. Separate processes would take turns
 * on the card.
 *
 * @param trainer trains a segment
 * @param batchSize of the plan
 * @param left number of iterations of a segment that are still to be trained
 */
record ThreadRunner(Trainer trainer, int batchSize, Progress progress, ToLongFunction<Segment> left)
    implements SegmentRunner {

  @Override
  public End train(Segment segment) throws IOException, InterruptedException {
    String title = segment.run().title();
    progress.begin(segment, left.applyAsLong(segment));
    ProgressListener listener =
        new ProgressListener(
            batchSize,
            progress::trained,
            period -> progress.period(title, period),
            notice -> progress.notice(title, notice));
    trainer.train(segment, listener);
    return End.DONE;
  }
}
