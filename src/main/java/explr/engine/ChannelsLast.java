package explr.engine;

import explr.network.Tensor;
import java.util.List;

/**
 * The order of weights on a device that keeps a convolution's kernel as (output, height, width,
 * input) where the layout has (output, input, height, width). All other tensors lie as in the
 * layout.
 *
 * @param places for each weight of the layout its index on the device
 */
record ChannelsLast(int[] places) {

  /** From (output, input, height, width) to the order on the device. */
  static final long[] TO_LAST = {0, 2, 3, 1};

  /** The way back. */
  static final long[] FROM_LAST = {0, 3, 1, 2};

  /** The order of the tensors of a flat array. */
  static ChannelsLast of(List<Tensor> tensors) {
    int[] places = new int[tensors.isEmpty() ? 0 : tensors.get(tensors.size() - 1).end()];
    for (Tensor tensor : tensors) {
      int[] within = places(tensor);
      for (int i = 0; i < within.length; i++) {
        places[tensor.offset() + i] = tensor.offset() + within[i];
      }
    }
    return new ChannelsLast(places);
  }

  /** The indices within one tensor. */
  private static int[] places(Tensor tensor) {
    int[] places = new int[tensor.size()];
    boolean kernel = tensor.shape().size() == 4;
    int inputs = kernel ? tensor.shape().get(1) : 1;
    int area = kernel ? tensor.shape().get(2) * tensor.shape().get(3) : 1;
    for (int i = 0; i < places.length; i++) {
      int output = i / (inputs * area);
      int input = i / area % inputs;
      places[i] = (output * area + i % area) * inputs + input;
    }
    return places;
  }

  /** The tensor with the shape that it has on the device. */
  static Tensor stored(Tensor kernel) {
    List<Integer> s = kernel.shape();
    return new Tensor(
        kernel.name(),
        kernel.role(),
        List.of(s.get(0), s.get(2), s.get(3), s.get(1)),
        kernel.offset());
  }

  /** Values in the layout's order, brought to the device's. */
  double[] toDevice(double[] values) {
    double[] device = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      device[places[i]] = values[i];
    }
    return device;
  }

  /** Values in the device's order, brought to the layout's. */
  double[] toLayout(double[] device) {
    return gathered(device, places);
  }

  /** The same for one tensor. */
  static double[] toLayout(Tensor tensor, double[] device) {
    return gathered(device, places(tensor));
  }

  private static double[] gathered(double[] device, int[] places) {
    double[] values = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      values[i] = device[places[i]];
    }
    return values;
  }
}
