package explr.experiment;

import explr.conversion.ExpLr;
import explr.conversion.Texp;
import explr.conversion.TexpMinusMinus;
import explr.schedule.Cosine;
import explr.schedule.DividedRate;
import explr.schedule.Epochs;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The curves of the paper's figures: each a recipe with weight decay, or made from one.
 *
 * <p>All curves without weight decay begin with the correction of the momentum buffer that makes
 * them exact, so that those with the same exponent are the same run until their rates part.
 */
public enum Curve {

  /** Constant rate with weight decay. */
  WEIGHT_DECAY("constant rate with weight decay", "the constant rate") {
    @Override
    public Rates rates(Profile profile, int epochs) {
      return profile.recipe(Schedule.constant(profile.learningRate()), epochs);
    }
  },

  /** Theorem 2.9's exponential rate. */
  EXPONENTIAL("exponential rate without weight decay (Theorem 2.9)", "the exponential rate") {
    @Override
    public Rates rates(Profile profile, int epochs) {
      return ExpLr.of(WEIGHT_DECAY.rates(profile, epochs));
    }
  },

  /** The same, its rate divided by 10 at the milestones, its exponent kept. */
  EXPONENTIAL_DIVIDED("exponential rate, divided by 10 at the milestones", "the divided rate") {
    @Override
    public Rates rates(Profile profile, int epochs) {
      return new DividedRate(
          EXPONENTIAL.rates(profile, epochs), DIVISOR, profile.milestoneIterations());
    }
  },

  /** A rate divided by 10 at the milestones, with weight decay. */
  STEP_DECAY("Step Decay with weight decay", "Step Decay") {
    @Override
    public Rates rates(Profile profile, int epochs) {
      return stepDecay(profile, epochs);
    }
  },

  /** TEXP of Step Decay. */
  TEXP("TEXP of Step Decay, without weight decay", "TEXP") {
    @Override
    public Rates rates(Profile profile, int epochs) {
      return Texp.of(stepDecay(profile, epochs));
    }
  },

  /** TEXP−− of Step Decay: the exponent falls, the rate does not drop. */
  TEXP_MINUS_MINUS("TEXP−− of Step Decay, without weight decay", "TEXP−−") {
    @Override
    public Rates rates(Profile profile, int epochs) {
      return TexpMinusMinus.of(stepDecay(profile, epochs));
    }
  },

  /** Constant rate, its weight decay divided by 10 at the milestones: what TEXP−− stands for. */
  DECAY_PER_PHASE(
      "constant rate, weight decay divided by 10 at the milestones", "falling weight decay") {
    @Override
    public Rates rates(Profile profile, int epochs) {
      return TexpMinusMinus.constantRate(stepDecay(profile, epochs));
    }
  },

  /** A rate that falls like half a cosine, changing at every period, with weight decay. */
  COSINE("cosine rate with weight decay", "the cosine") {
    @Override
    public Rates rates(Profile profile, int epochs) {
      return cosine(profile, epochs);
    }
  },

  /** Its TEXP, a phase a period. */
  COSINE_TEXP("TEXP of the cosine, without weight decay", "the cosine's TEXP") {
    @Override
    public Rates rates(Profile profile, int epochs) {
      return Texp.of(cosine(profile, epochs));
    }
  };

  private static final double DIVISOR = 10;

  private final String title;
  private final String called;

  Curve(String title, String called) {
    this.title = title;
    this.called = called;
  }

  /** What a sentence calls it: {@code Step Decay}, {@code the cosine}. */
  public String called() {
    return called;
  }

  /** As a reader sees it. */
  public String title() {
    return title;
  }

  /**
   * The rates that drive the curve.
   *
   * @param profile sizes, learning rate, decay, momentum and milestones
   * @param epochs length of the run
   */
  public abstract Rates rates(Profile profile, int epochs);

  /**
   * The settings that decide the rates, for a manifest.
   *
   * <p>A shorter run of a curve is the beginning of a longer one, except for a cosine, whose length
   * decides every value. Its length therefore has a separate key.
   */
  Map<String, Object> configuration(Profile profile, int epochs) {
    long iterations = profile.iterationsPerEpoch().iterations(epochs);
    Map<String, Object> configuration = new TreeMap<>();
    configuration.put("schedule", title);
    configuration.put("learning_rate", profile.learningRate());
    configuration.put("weight_decay", profile.weightDecay());
    configuration.put("momentum", profile.momentum());
    configuration.put("milestones", profile.milestoneIterations());
    configuration.put("iterations", iterations);
    if (!prefixOfLonger()) {
      configuration.put("cosine_iterations", iterations);
    }
    return configuration;
  }

  /** Whether a shorter run of this curve is the beginning of a longer one. */
  boolean prefixOfLonger() {
    return this != COSINE && this != COSINE_TEXP;
  }

  /** The name of its folder: {@code step-decay}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Recipe stepDecay(Profile profile, int epochs) {
    List<Long> milestones = profile.milestoneIterations();
    return profile.recipe(new StepDecay(profile.learningRate(), DIVISOR, milestones), epochs);
  }

  /** Over its own length. */
  private static Recipe cosine(Profile profile, int epochs) {
    Epochs periods = Epochs.of(profile.iterationsPerPeriod());
    long count = (long) epochs * profile.measurementsPerEpoch();
    return profile.recipe(
        Cosine.from(profile.learningRate()).over(count).perEpoch(periods), epochs);
  }
}
