package explr.training;

import java.util.Map;

/**
 * What a single step measured.
 *
 * @param iteration t, counted from 0
 * @param scores of the training batch under the weights before the step
 * @param logLearningRate ln η_t
 * @param log10Norms log10 ‖w‖ after the step, by the name of the watched weight
 */
public record Step(
    long iteration, Scores scores, double logLearningRate, Map<String, Double> log10Norms) {}
