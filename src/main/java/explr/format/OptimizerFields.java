package explr.format;

import com.google.gson.JsonElement;
import explr.schedule.Constant;
import explr.schedule.Schedule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys of a recipe that belong to its optimizer, while it is read. */
final class OptimizerFields {

  private final Fields fields;
  private final ScheduleReader schedules;
  private final Optional<Schedule> cycled;
  private Schedule momentum;
  private String momentumPath = "momentum";
  private String betaPath = "betas[1]";

  /**
   * The keys of a recipe.
   *
   * @param cycled the momentum that comes with the learning rate
   */
  OptimizerFields(Fields fields, ScheduleReader schedules, Optional<Schedule> cycled) {
    this.fields = fields;
    this.schedules = schedules;
    this.cycled = cycled;
  }

  Fields fields() {
    return fields;
  }

  /** The momentum, or β₁, that was read. */
  Schedule momentum() {
    return momentum;
  }

  /** The key of {@link #momentum}. */
  String momentumPath() {
    return momentumPath;
  }

  /** The key of β₂. */
  String betaPath() {
    return betaPath;
  }

  /** Reads the key {@code momentum}, which must be given unless the learning rate comes with it. */
  void readMomentum() {
    if (cycled.isEmpty()) {
      momentum = schedules.read(fields.element("momentum"), "momentum");
    } else if (fields.has("momentum")) {
      throw new LocatedException(
          "momentum",
          fields.has(OneCycleFormat.NAME)
              ? "one_cycle gives learning rate and momentum already; remove one of the two"
              : "the schedule of learning_rate cycles the momentum already; remove this key, or set"
                  + " its \"cycle_momentum\" to false");
    } else {
      momentum = cycled.get();
    }
  }

  /** Reads a momentum that may be omitted. */
  void readMomentum(String key, double otherwise) {
    if (fields.has(key) || cycled.isPresent() || !key.equals("momentum")) {
      if (key.equals("momentum")) {
        readMomentum();
      } else {
        momentumPath = key;
        momentum = first(key, otherwise);
      }
    } else {
      momentum = new Constant(otherwise);
    }
  }

  /** Reads {@code betas}, or β₂ alone where the learning rate comes with β₁; returns β₂. */
  Schedule readBetas() {
    return readBetas("beta1", "beta2", Double.NaN, Double.NaN);
  }

  /**
   * Reads {@code betas}, or one key each, with the defaults of a framework; returns β₂.
   *
   * @param beta1 the default of β₁, NaN if it must be given
   */
  Schedule readBetas(String firstKey, String secondKey, double beta1, double beta2) {
    if (fields.has("momentum")) {
      throw new LocatedException(
          "momentum", "this optimizer calls it β₁, the first of 'betas'; remove this key");
    }
    momentumPath = "betas[0]";
    if (!fields.has("betas")) {
      momentumPath = firstKey;
      momentum = first(firstKey, beta1);
      betaPath = secondKey;
      return schedule(secondKey, beta2);
    }
    if (fields.has(firstKey) || fields.has(secondKey)) {
      throw new LocatedException("betas", "already gives both β; remove the other key");
    }
    if (cycled.isPresent()) {
      throw new LocatedException(
          "betas",
          String.format(
              Locale.ROOT, "β₁ comes with the learning rate; give '%s' alone", secondKey));
    }
    List<JsonElement> both = fields.list("betas");
    if (both.size() != 2) {
      throw new LocatedException(
          "betas", String.format(Locale.ROOT, "needs β₁ and β₂, not %d values", both.size()));
    }
    momentum = schedules.read(both.get(0), momentumPath);
    return schedules.read(both.get(1), betaPath);
  }

  private Schedule first(String key, double otherwise) {
    if (cycled.isEmpty()) {
      return schedule(key, otherwise);
    }
    if (fields.has(key)) {
      throw new LocatedException(key, "already comes with the learning rate; remove this key");
    }
    return cycled.get();
  }

  private Schedule schedule(String key, double otherwise) {
    if (fields.has(key)) {
      return schedules.read(fields.element(key), key);
    }
    if (Double.isNaN(otherwise)) {
      throw new LocatedException(
          "betas", "is missing; this optimizer needs β₁ and β₂, such as \"betas\": [0.9, 0.99]");
    }
    return new Constant(otherwise);
  }

  /** A number that must be given. */
  double number(String key) {
    return fields.number(key);
  }

  /** A number with a default. */
  double number(String key, double otherwise) {
    return fields.number(key, otherwise);
  }

  /** A true or false that must be given. */
  boolean flag(String key) {
    fields.element(key);
    return fields.flag(key);
  }

  /** A true or false with a default. */
  boolean flag(String key, boolean otherwise) {
    return FrameworkFormat.flag(fields, key, otherwise);
  }

  /** Accepts one value of a key, and refuses others with the reason. */
  OptimizerFields only(String key, String value, String advice) {
    FrameworkFormat.only(fields, key, value, advice);
    return this;
  }

  /** Accepts a key whatever its value. */
  OptimizerFields anyOf(String... keys) {
    for (String key : keys) {
      fields.has(key);
    }
    return this;
  }
}
