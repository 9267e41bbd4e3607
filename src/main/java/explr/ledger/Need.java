package explr.ledger;

import explr.conversion.CharacteristicRoot;
import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import explr.schedule.Epochs;
import explr.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a profile must have so that its runs can decide a claim. */
public enum Need {
  /** For claims that no runs decide. */
  NOTHING("nothing") {
    @Override
    public Optional<String> unmet(Profile profile, PaperFigure figure) {
      return Optional.empty();
    }
  },

  /**
   * Equivalence needs no scale. But if the rate without decay hardly differs from that with decay,
   * twins agree trivially.
   */
  GROWTH("a rate that grows tenfold at least before it falls") {
    @Override
    public Optional<String> unmet(Profile profile, PaperFigure figure) {
      double powers = 2 / Math.log(10) * decayTime(profile, 0, firstPhaseEnd(profile, figure));
      return powers >= 1
          ? Optional.empty()
          : Optional.of(
              "needs a rate that grows tenfold at least before it falls; here it grows by 10^"
                  + Numbers.fixed(powers, 2));
    }
  },

  /** The rate falls twice before the runs end. */
  PHASES("three phases") {
    @Override
    public Optional<String> unmet(Profile profile, PaperFigure figure) {
      int end = figure.epochs(profile);
      List<Integer> milestones = profile.milestones();
      return milestones.size() == 2 && milestones.get(1) < end
          ? Optional.empty()
          : Optional.of(
              "needs three phases; the runs of %d epochs have milestones %s"
                  .formatted(end, milestones));
    }
  },

  /** Both, for the equivalence of runs whose rates fall. */
  GROWTH_AND_PHASES("three phases, and a rate that grows tenfold at least in the first") {
    @Override
    public Optional<String> unmet(Profile profile, PaperFigure figure) {
      return PHASES.unmet(profile, figure).or(() -> GROWTH.unmet(profile, figure));
    }
  },

  /**
   * The exponent is proportional to λη only where that is small: at a third of its bound a tenth of
   * λη has 10^−1.04 of the growth.
   */
  SMALL_PRODUCT("three phases, and λη of at most a third of (1 − √γ)²") {
    @Override
    public Optional<String> unmet(Profile profile, PaperFigure figure) {
      double product = profile.weightDecay() * profile.learningRate();
      double share = product / CharacteristicRoot.critical(profile.momentum());
      return PHASES
          .unmet(profile, figure)
          .or(
              () ->
                  share <= 1 / 3.0
                      ? Optional.empty()
                      : Optional.of(
                          "needs λη of at most a third of (1 − √γ)²; here it is %s of it"
                              .formatted(Numbers.fixed(share, 2))));
    }
  },

  /** Measured as for phases, over runs without phases. */
  PAPER_LENGTH("runs that last as long as the paper's, measured by λη times their iterations") {
    @Override
    public Optional<String> unmet(Profile profile, PaperFigure figure) {
      Profile paper = Profile.of("paper");
      double share =
          decayTime(profile, 0, figure.epochs(profile)) / decayTime(paper, 0, figure.epochs(paper));
      return asLong(share)
          ? Optional.empty()
          : Optional.of(
              ("needs runs as long as the paper's, measured by λη times their iterations; here they"
                      + " are %s of them")
                  .formatted(Numbers.fixed(share, 2)));
    }
  },

  /**
   * Each phase lasts as long as the paper's in the time of weight decay, λη n/(1 − γ) over n
   * iterations, half the logarithm by which an exponential rate grows and the clock by which norms
   * reach their equilibrium; to 20 %.
   */
  PAPER_GROWTH("phases that last as long as the paper's, measured by λη times their iterations") {
    @Override
    public Optional<String> unmet(Profile profile, PaperFigure figure) {
      Optional<String> phases = PHASES.unmet(profile, figure);
      if (phases.isPresent()) {
        return phases;
      }
      Profile paper = Profile.of("paper");
      List<String> shares = new ArrayList<>();
      boolean kept = true;
      for (int phase = 1; phase <= 3; phase++) {
        double share = phaseTime(profile, figure, phase) / phaseTime(paper, figure, phase);
        kept &= asLong(share);
        shares.add(Numbers.fixed(share, 2));
      }
      return kept
          ? Optional.empty()
          : Optional.of(
              "needs phases as long as the paper's, measured by λη times their iterations; here they are "
                  + String.join(", ", shares)
                  + " of them");
    }
  },

  /**
   * The second phase ends after 70 of the paper's epochs, or a little later: what holds after 200
   * epochs need not hold after 70.
   */
  LONG_SECOND_PHASE(
      "a second phase of 70 to 80 of the paper's epochs, measured by λη times their iterations") {
    @Override
    public Optional<String> unmet(Profile profile, PaperFigure figure) {
      Optional<String> phases = PHASES.unmet(profile, figure);
      if (phases.isPresent()) {
        return phases;
      }
      double epoch = phaseTime(Profile.of("paper"), figure, 2) / PAPER_SECOND_PHASE;
      double lasts = phaseTime(profile, figure, 2) / epoch;
      return 70 <= lasts && lasts <= 80
          ? Optional.empty()
          : Optional.of(
              "needs a second phase of 70 to 80 of the paper's epochs; here it has "
                  + Numbers.fixed(lasts, 0));
    }
  },

  /** A number read off the paper's plot belongs to the paper's setting. */
  PAPER("the sizes of the profile paper") {
    @Override
    public Optional<String> unmet(Profile profile, PaperFigure figure) {
      return sizes(profile, figure, 1).equals(sizes(Profile.of("paper"), figure, 1))
          ? Optional.empty()
          : Optional.of("needs the sizes of the profile paper; this is " + profile.name());
    }
  },

  /** The accuracy that the paper shows belongs to a network four times as wide. */
  PAPER_WIDE("the sizes of the profile paper and width 4") {
    @Override
    public Optional<String> unmet(Profile profile, PaperFigure figure) {
      return profile.width() == 4
          ? PAPER.unmet(profile, figure)
          : Optional.of(
              "needs the sizes of the profile paper and width 4; this is %s, of width %d"
                  .formatted(profile.name(), profile.width()));
    }
  };

  /** Epochs 80 to 120. */
  private static final int PAPER_SECOND_PHASE = 40;

  private final String words;

  Need(String words) {
    this.words = words;
  }

  /** Why a profile's runs of a figure do not suffice; empty if they do. */
  public abstract Optional<String> unmet(Profile profile, PaperFigure figure);

  @Override
  public String toString() {
    return words;
  }

  private static boolean asLong(double share) {
    return Math.abs(share - 1) <= 0.2;
  }

  /** The epoch where the rate falls first, or the runs end. */
  private static int firstPhaseEnd(Profile profile, PaperFigure figure) {
    int end = figure.epochs(profile);
    return profile.milestones().stream().mapToInt(at -> Math.min(at, end)).min().orElse(end);
  }

  private static double phaseTime(Profile profile, PaperFigure figure, int phase) {
    int from = phase == 1 ? 0 : profile.milestones().get(phase - 2);
    int to = phase == 3 ? figure.epochs(profile) : profile.milestones().get(phase - 1);
    return decayTime(profile, from, to);
  }

  /** λη n/(1 − γ) over some epochs, with the first rate η. */
  private static double decayTime(Profile profile, int from, int to) {
    long each = Epochs.ofImages(profile.trainImages(), profile.batchSize()).iterationsEach();
    double rate = profile.weightDecay() * profile.learningRate() / (1 - profile.momentum());
    return rate * each * (to - from);
  }

  /** Everything that affects the numbers except the width, which the paper does not state. */
  private static List<Number> sizes(Profile profile, PaperFigure figure, int width) {
    List<Number> sizes =
        new ArrayList<>(
            List.of(
                profile.trainImages(),
                profile.testImages(),
                profile.depth(),
                width,
                profile.batchSize(),
                profile.measurementsPerEpoch(),
                figure.epochs(profile),
                profile.learningRate(),
                profile.weightDecay(),
                profile.momentum()));
    sizes.addAll(profile.milestones());
    return sizes;
  }
}
