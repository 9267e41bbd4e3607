package explr.format;

import explr.conversion.Twin;
import java.util.ArrayList;
import java.util.List;

/** What is written of one iteration. */
record Row(List<Double> values) {

  /** The columns, iteration first. */
  static final List<String> NAMES =
      List.of(
          "iteration",
          "learning_rate",
          "ln_learning_rate",
          "log10_learning_rate",
          "weight_decay",
          "momentum",
          "correction",
          "buffer_correction",
          "ln_scale");

  static Row of(Twin twin, long iteration) {
    double logRate = twin.logLearningRate(iteration);
    double correction = twin.correction(iteration);
    return new Row(
        List.of(
            twin.learningRate(iteration),
            logRate,
            logRate / Math.log(10),
            twin.weightDecay(iteration),
            twin.momentum(iteration),
            correction,
            correction == 0 ? 0 : correction * Math.exp(-logRate),
            twin.logScale(iteration)));
  }

  /** The fields of its line in a CSV file. */
  List<String> fields(long iteration) {
    List<String> fields = new ArrayList<>(1 + values.size());
    fields.add(Long.toString(iteration));
    values.forEach(value -> fields.add(JsonText.text(value)));
    return fields;
  }
}
