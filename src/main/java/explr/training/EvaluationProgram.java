package explr.training;

import ai.djl.ndarray.NDScope;
import explr.data.Batches;
import explr.engine.Program;
import java.util.Arrays;
import java.util.List;

/** The evaluation of a {@link Learner} as a program for a GPU, on images that lie there. */
final class EvaluationProgram implements AutoCloseable {

  private final Learner learner;
  private final Batches batches;
  private final DeviceRows rows;
  private final DeviceBatches inputs;
  private final DeviceRows.Output logits;
  private final List<int[]> labels;
  private final Program program;

  /**
   * A program for all images of some batches.
   *
   * @param batches in order and as they are
   */
  EvaluationProgram(Learner learner, Batches batches) {
    this.learner = learner;
    this.batches = batches;
    rows = new DeviceRows(learner.network(), batches.perEpoch());
    inputs = new DeviceBatches(learner.network(), batches, rows);
    logits = rows.outputs(batches.size() * learner.network().classes());
    DeviceBatches.Rows all = inputs.rows(0, batches.perEpoch());
    inputs.load(all);
    labels = all.labels();
    program = learner.network().program(this::evaluate);
  }

  private void evaluate() {
    try (NDScope temporaries = new NDScope()) {
      logits.put(learner.network().evaluate(inputs.current()));
      rows.advance();
    }
  }

  /**
   * The scores of all images under the present weights and running statistics.
   *
   * @throws InterruptedException if the thread was interrupted; nothing has changed
   */
  Scores scores() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("stopped while evaluating");
    }
    learner.statistics().use();
    rows.rewind();
    for (int i = 0; i < rows.count(); i++) {
      program.run();
    }
    double[] values = logits.read();
    rows.requireRuns(rows.count());
    int size = values.length / rows.count();
    Scores total = Scores.NONE;
    for (int i = 0; i < rows.count(); i++) {
      double[] batch = Arrays.copyOfRange(values, i * size, (i + 1) * size);
      total = total.plus(Scores.of(batch, labels.get(i), batches.valid(i)));
    }
    return total;
  }

  /** The program that evaluates. */
  Program program() {
    return program;
  }

  @Override
  public void close() {
    program.close();
    inputs.close();
    rows.close();
  }
}
