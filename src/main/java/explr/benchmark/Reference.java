package explr.benchmark;

import com.google.gson.GsonBuilder;
import explr.data.Batches;
import explr.data.Dataset;
import explr.engine.EngineName;
import explr.file.AtomicFile;
import explr.network.Initialization;
import explr.network.Layout;
import explr.network.Tensor;
import explr.schedule.Rates;
import explr.training.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Start and batches of a workload in files, so that a program in another language can train the
 * same.
 *
 * <p>{@code reference.json} describes; {@code weights.f64} holds all trainable, then all fixed
 * weights; {@code images.f32} the images of the first batches, layout (batch, image, channel,
 * height, width); {@code labels.i32} their labels. Numbers are little-endian.
 */
final class Reference {

  /** Enough that no cache holds them all. */
  private static final int BATCHES = 8;

  private Reference() {}

  static void write(Workload workload, Dataset data, Path folder) throws IOException {
    Task task = workload.task(data, EngineName.auto());
    Layout layout = Layout.of(task.architecture());
    Initialization start = Initialization.of(layout, task.seed());
    ByteBuffer weights = buffer(Double.BYTES * (layout.weightCount() + layout.fixedCount()));
    for (double value : start.weights()) {
      weights.putDouble(value);
    }
    for (double value : start.fixed()) {
      weights.putDouble(value);
    }
    AtomicFile.write(folder.resolve("weights.f64"), weights.array());
    writeBatches(task.trainingBatches(), folder);
    AtomicFile.write(
        folder.resolve("reference.json"),
        new GsonBuilder().setPrettyPrinting().create().toJson(describe(workload, task, layout)));
  }

  private static void writeBatches(Batches batches, Path folder) throws IOException {
    int values = batches.size() * explr.data.Images.VALUES;
    ByteBuffer images = buffer(Float.BYTES * BATCHES * values);
    ByteBuffer labels = buffer(Integer.BYTES * BATCHES * batches.size());
    float[] batchImages = new float[values];
    int[] batchLabels = new int[batches.size()];
    for (int t = 0; t < BATCHES; t++) {
      batches.fill(t, batchImages, batchLabels);
      for (float value : batchImages) {
        images.putFloat(value);
      }
      for (int label : batchLabels) {
        labels.putInt(label);
      }
    }
    AtomicFile.write(folder.resolve("images.f32"), images.array());
    AtomicFile.write(folder.resolve("labels.i32"), labels.array());
  }

  private static Map<String, Object> describe(Workload workload, Task task, Layout layout) {
    Rates rates = Workload.rates();
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("depth", workload.depth());
    description.put("width", workload.width());
    description.put("batch_size", workload.batchSize());
    description.put("batches", BATCHES);
    description.put("learning_rate", rates.learningRate(0));
    description.put("momentum", rates.momentum(0));
    description.put("weight_decay", rates.weightDecay(0));
    description.put("epsilon", task.epsilon());
    List<Map<String, Object>> tensors = new ArrayList<>();
    layout.trainable().forEach(tensor -> tensors.add(describe(tensor, 0)));
    layout.fixed().forEach(tensor -> tensors.add(describe(tensor, layout.weightCount())));
    description.put("tensors", tensors);
    return description;
  }

  private static Map<String, Object> describe(Tensor tensor, int offset) {
    return Map.of(
        "name",
        tensor.name(),
        "shape",
        tensor.shape(),
        "offset",
        offset + tensor.offset(),
        "size",
        tensor.size());
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
