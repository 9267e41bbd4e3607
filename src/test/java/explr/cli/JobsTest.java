package explr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.experiment.PaperFigure;
import explr.experiment.Plan;
import explr.experiment.Profile;
import explr.experiment.Segment;
import explr.experiment.Trainer;
import explr.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {

  @TempDir private Path folder;

  private static Plan plan() throws Exception {
    Path tiny = Path.of(PaperFigure.class.getResource("tiny.json").toURI());
    return Plan.of(
            Profile.of(tiny.toString()),
            EmbeddedSample.load(),
            new Backend(EngineName.PYTORCH, "cpu", Precision.FLOAT32, 1),
            List.of(0L))
        .only(PaperFigure.FIGURE_3);
  }

  private ThreadRunner runner(String store, Plan plan) {
    Trainer trainer =
        new Trainer(
            new Store(folder.resolve(store)), Duration.ofSeconds(30), false, Optional.empty());
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Progress progress = new Progress(1, true, false, nowhere);
    return new ThreadRunner(
        trainer,
        plan.profile().batchSize(),
        progress,
        segment -> {
          try {
            return trainer.left(segment);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void runsInThreadsOfOneProcessHaveTheBitsOfRunsOneAfterTheOther() throws Exception {
    Plan plan = plan();
    ThreadRunner alone = runner("alone", plan);
    for (Segment segment : plan.segments()) {
      alone.train(segment);
    }
    ThreadRunner together = runner("together", plan);
    new Jobs(together, 3).train(plan.segments());
    for (Segment segment : plan.segments()) {
      assertThat(together.left().applyAsLong(segment)).isZero();
    }
    for (var run : plan.runs()) {
      assertThat(new Store(folder.resolve("together")).rows(run.lineage()))
          .isEqualTo(new Store(folder.resolve("alone")).rows(run.lineage()))
          .isNotEmpty();
    }
  }

  @Test
  void aFailedSegmentIsNamedAndThoseThatDoNotFollowItAreTrained() throws Exception {
    List<Segment> segments = plan().segments();
    for (int failed : new int[] {0, segments.size() - 1}) {
      List<Segment> trained = Collections.synchronizedList(new ArrayList<>());
      SegmentRunner failing =
          segment -> {
            if (segment.equals(segments.get(failed))) {
              throw new IllegalStateException("the disk is full");
            }
            trained.add(segment);
            return SegmentRunner.End.DONE;
          };
      assertThatThrownBy(() -> new Jobs(failing, 2).train(segments))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(segments.get(failed).run().title() + " failed: the disk is full");
      long withoutIt =
          IntStream.range(0, segments.size()).filter(i -> !follows(segments, i, failed)).count();
      assertThat(trained).hasSize((int) withoutIt);
    }
  }

  @Test
  void aFailureToReadAFileIsASentence() throws Exception {
    SegmentRunner failing =
        segment -> {
          throw new NoSuchFileException("store/state.bin");
        };
    assertThatThrownBy(() -> new Jobs(failing, 1).train(plan().segments()))
        .hasMessageContaining(" failed: there is no store/state.bin");
  }

  /** Whether a segment is another one or one of its descendants. */
  private static boolean follows(List<Segment> segments, int segment, int first) {
    var parent = segments.get(segment).parent();
    return segment == first || (parent.isPresent() && follows(segments, parent.getAsInt(), first));
  }

  @Test
  void aSignalToOneStopsTheOthers() throws Exception {
    List<Segment> segments = plan().segments();
    SegmentRunner stopping =
        segment -> {
          if (segment.equals(segments.get(0))) {
            return SegmentRunner.End.STOPPED;
          }
          Thread.sleep(60_000);
          return SegmentRunner.End.DONE;
        };
    assertThatThrownBy(() -> new Jobs(stopping, 2).train(segments))
        .isInstanceOf(InterruptedException.class);
  }
}
