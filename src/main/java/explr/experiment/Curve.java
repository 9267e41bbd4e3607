package explr.experiment;

import explr.conversion.ExpLr;
import explr.schedule.Rates;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One kind of run that a figure shows, whatever the seed.
 *
 * @param name unique, fit for a folder's name
 * @param title as a reader sees it
 * @param rates what drives it
 * @param configuration what decides the rates, for the manifest
 */
public record Curve(String name, String title, Rates rates, Map<String, Object> configuration) {

  /** Keeps the configuration from being changed. */
  public Curve {
    configuration = Collections.unmodifiableMap(new TreeMap<>(configuration));
  }

  /** The curves of the paper's Figure 1: the run with weight decay, and its exponential twin. */
  public static List<Curve> figure1(Profile profile) {
    Rates decay = profile.constantRate();
    Map<String, Object> recipe =
        Map.of(
            "learning_rate", profile.learningRate(),
            "weight_decay", profile.weightDecay(),
            "momentum", profile.momentum(),
            "iterations", decay.iterations());
    return List.of(
        new Curve(
            "weight-decay",
            "constant rate with weight decay",
            decay,
            Map.of("schedule", "constant", "recipe", recipe)),
        new Curve(
            "exponential",
            "exponential rate without weight decay (Theorem 2.9)",
            ExpLr.of(decay),
            Map.of("schedule", "Theorem 2.9", "recipe", recipe)));
  }
}
