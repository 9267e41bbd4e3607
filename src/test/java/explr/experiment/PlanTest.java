package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.experiment.Plan.PlannedRun;
import explr.experiment.Plan.Segment;
import explr.schedule.Constant;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.StepDecay;
import explr.store.Lineage;
import explr.store.Store;
import explr.training.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {

  /** The paper's schedules on a few of its images: a period stands for an epoch. */
  private static final Experiment PAPER =
      new Experiment(
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
          new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 1),
          new Store(Path.of("none")),
          Path.of("none"),
          Duration.ZERO,
          Optional.empty());

  @Test
  void thePapersFiguresNeedLittleMoreThanHalfOfTheEpochsTheyShow() {
    Plan plan = PAPER.plan(List.of(PaperFigure.values()), List.of(0L));
    // 1,580 if only what is meant to agree is counted; but a cosine's first epoch is at full rate.
    assertThat(plan.periods()).isEqualTo(1580 - 2);
    assertThat(plan.shown()).isEqualTo(3040);
    assertThat(plan.runs()).hasSize(9);
  }

  @Test
  void aSegmentBeginsWhereItsParentEnds() {
    Plan plan = PAPER.plan(List.of(PaperFigure.values()), List.of(0L, 1L));
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
    Plan plan = PAPER.plan(List.of(PaperFigure.values()), List.of(0L));
    List<Segment> shared = plan.segments().stream().filter(s -> s.to() == 80).toList();
    assertThat(shared).hasSize(2).allMatch(s -> s.from() == 2);
    assertThat(shared.get(0).sharedBy()).hasSize(3);
    assertThat(shared.get(1).sharedBy()).hasSize(4);
  }

  @Test
  void aFigureAloneTrainsAsMuchOfACurveAsItShows() {
    assertThat(PAPER.plan(List.of(PaperFigure.FIGURE_5), List.of(0L)).periods()).isEqualTo(800 - 2);
    assertThat(PAPER.plan(List.of(PaperFigure.FIGURE_1), List.of(0L)).periods()).isEqualTo(320);
  }

  @Test
  void aRunThatIsTheBeginningOfAnotherIsPartOfIt() {
    Task task = PAPER.task(0);
    Rates longer = Recipe.of(0.1, 5e-4, 0.9, 20);
    Rates shorter = Recipe.of(0.1, 5e-4, 0.9, 8);
    Rates parting = Recipe.of(StepDecay.from(0.1).dividedBy(10).after(12), 5e-4, 0.9, 20);
    List<PlannedRun> runs = new ArrayList<>();
    for (Rates rates : List.of(longer, shorter, parting)) {
      Curve curve = new Curve("curve-" + runs.size(), "curve " + runs.size(), rates, Map.of());
      runs.add(new PlannedRun(PaperFigure.FIGURE_1, curve, 0, Lineage.of(task, rates)));
    }
    Plan plan = Plan.of(runs, 0);
    assertThat(plan.segments().stream().map(s -> s.from() + "-" + s.to()).toList())
        .containsExactly("1-2", "3-3", "4-5", "4-5");
    assertThat(plan.segments().get(3).parent()).hasValue(1);
  }

  @Test
  void aValueThatDiffersInItsLastBitsMakesAnotherRun() {
    Task task = PAPER.task(0);
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
