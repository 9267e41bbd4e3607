package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.data.EmbeddedSample;
import explr.engine.Algorithms;
import explr.engine.Precision;
import explr.schedule.Constant;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import explr.store.Lineage;
import explr.store.Store;
import explr.training.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {

  /** The paper's schedules on a few of its images: a period stands for an epoch. */
  private static final Lab PAPER =
      new Lab(
          new Profile(
              "plan",
              64,
              10,
              8,
              1,
              16,
              1,
              Profile.of("paper").epochs(),
              Profile.of("paper").milestones(),
              0.1,
              5e-4,
              0.9,
              List.of()),
          EmbeddedSample.load(),
          Lab.MXNET,
          new Store(Path.of("none")),
          Path.of("none"));

  @Test
  void thePapersFiguresNeedLittleMoreThanHalfOfTheEpochsTheyShow() {
    Plan plan = PAPER.plan(0L);
    // 1,580 if only what is meant to agree is counted; but a cosine's first epoch is at full rate.
    assertThat(plan.periods()).isEqualTo(1580 - 2);
    assertThat(plan.shown()).isEqualTo(3040);
    assertThat(plan.runs()).hasSize(9);
  }

  @Test
  void aSegmentBeginsWhereItsParentEnds() {
    Plan plan = PAPER.plan(0L, 1L);
    assertThat(plan.periods()).isEqualTo(2 * 1578);
    for (Segment segment : plan.segments()) {
      if (segment.parent().isPresent()) {
        Segment parent = plan.segments().get(segment.parent().getAsInt());
        assertThat(parent.to()).isEqualTo(segment.from() - 1);
        assertThat(parent.sharedBy()).containsAll(segment.sharedBy());
      } else {
        assertThat(segment.from()).isEqualTo(1);
      }
    }
  }

  @Test
  void whatIsDrivenAlikeUntilEpoch80IsOneSegmentWhateverItIsCalled() {
    Plan plan = PAPER.plan(0L);
    List<Segment> shared = plan.segments().stream().filter(s -> s.to() == 80).toList();
    assertThat(shared).hasSize(2).allMatch(s -> s.from() == 2);
    assertThat(shared.get(0).sharedBy()).hasSize(3);
    assertThat(shared.get(1).sharedBy()).hasSize(4);
  }

  @Test
  void aFigureAloneTrainsAsMuchOfACurveAsItShows() {
    assertThat(PAPER.plan(0L).only(PaperFigure.FIGURE_5).periods()).isEqualTo(800 - 2);
    assertThat(PAPER.plan(0L).only(PaperFigure.FIGURE_1).periods()).isEqualTo(320);
  }

  @Test
  void theStatesThatOtherFiguresForkFromAreKeptWhicheverFigureIsTrained() {
    Plan plan = PAPER.plan(0L).only(PaperFigure.FIGURE_1);
    PlannedRun exponential = plan.run(PaperFigure.FIGURE_1, Curve.EXPONENTIAL, 0).orElseThrow();
    Segment segment =
        plan.segments().stream().filter(s -> s.run().equals(exponential)).findFirst().orElseThrow();
    assertThat(segment.to()).isEqualTo(160);
    assertThat(segment.kept())
        .contains(exponential.lineage().at(80), exponential.lineage().at(160))
        .doesNotContain(exponential.lineage().at(79));
  }

  @Test
  void aSegmentSentToAnotherProcessIsTheSameThere() {
    Trainer trainer =
        new Trainer(new Store(Path.of("none")), Duration.ofSeconds(7), true, Optional.of("abc"));
    for (Segment segment : PAPER.plan(3L).only(PaperFigure.FIGURE_2).segments()) {
      SegmentJob job = SegmentJob.parse(SegmentJob.of(segment, trainer, Optional.empty()).toJson());
      Segment there = job.segment();
      assertThat(there.run().lineage().periods()).isEqualTo(segment.run().lineage().periods());
      assertThat(there.run().task()).isEqualTo(segment.run().task());
      assertThat(there.kept()).isEqualTo(segment.kept());
      assertThat(List.of(there.from(), there.to()))
          .isEqualTo(List.of(segment.from(), segment.to()));
      assertThat(job.trainer().checkpointEvery()).isEqualTo(trainer.checkpointEvery());
      assertThat(job.trainer().steps()).isTrue();
      assertThat(job.trainer().commit()).contains("abc");
    }
  }

  @Test
  void aSegmentThatWouldBeAnotherRunInAnotherProcessIsRefused() {
    Segment segment = PAPER.plan(0L).only(PaperFigure.FIGURE_2).segments().get(0);
    Trainer trainer =
        new Trainer(new Store(Path.of("none")), Duration.ZERO, false, Optional.empty());
    String json = SegmentJob.of(segment, trainer, Optional.empty()).toJson();
    SegmentJob changed = SegmentJob.parse(json.replace("\"seed\":0", "\"seed\":1"));
    assertThatThrownBy(changed::segment)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("would be another run here");
  }

  @Test
  void numberTypeAndAlgorithmsReachTheOtherProcess() {
    Segment segment = PAPER.plan(0L).only(PaperFigure.FIGURE_2).segments().get(0);
    Trainer trainer =
        new Trainer(new Store(Path.of("none")), Duration.ZERO, false, Optional.empty());
    SegmentJob job = SegmentJob.of(segment, trainer, Optional.empty());
    assertThat(job.algorithms()).isEqualTo(Algorithms.DETERMINISTIC);
    SegmentJob onGpu =
        SegmentJob.parse(
            job.toJson()
                .replace("\"FLOAT32\"", "\"TF32\"")
                .replace("\"DETERMINISTIC\"", "\"FAST\""));
    assertThat(onGpu.precision()).isEqualTo(Precision.TF32);
    assertThat(onGpu.algorithms()).isEqualTo(Algorithms.FAST);
    // Its device is still the CPU, which has neither.
    assertThatThrownBy(onGpu::segment).hasMessageContaining("a CPU does not multiply in TF32");
  }

  @Test
  void aRunThatIsTheBeginningOfAnotherIsPartOfIt() {
    Task task = PAPER.plan(0L).task();
    Rates longer = Recipe.of(0.1, 5e-4, 0.9, 20);
    Rates shorter = Recipe.of(0.1, 5e-4, 0.9, 8);
    Rates parting = Recipe.of(StepDecay.from(0.1).dividedBy(10).after(12), 5e-4, 0.9, 20);
    List<PlannedRun> runs =
        Stream.of(longer, shorter, parting)
            .map(
                rates ->
                    new PlannedRun(
                        PAPER.profile(),
                        Curve.WEIGHT_DECAY,
                        1,
                        task,
                        rates,
                        Lineage.of(task, rates)))
            .toList();
    List<Segment> segments = Segments.of(runs, Segments.forks(runs));
    assertThat(segments.stream().map(s -> s.from() + "-" + s.to()).toList())
        .containsExactly("1-2", "3-3", "4-5", "4-5");
    assertThat(segments.get(3).parent()).hasValue(1);
  }

  @Test
  void aValueThatDiffersInItsLastBitsMakesAnotherRun() {
    Task task = PAPER.plan(0L).task();
    Lineage one = Lineage.of(task, Recipe.of(0.1, 5e-4, 0.9, 20));
    for (Rates other :
        List.of(
            Recipe.of(0.1 * (1 + 1e-15), 5e-4, 0.9, 20),
            Recipe.of(0.1, 5e-4 * (1 + 1e-15), 0.9, 20),
            Recipe.of(new Constant(0.1), 5e-4, 0.9 * (1 - 1e-15), 20))) {
      assertThat(one.sharedWith(Lineage.of(task, other))).isZero();
    }
  }
}
