package explr.examples;

import explr.conversion.TexpPlusPlus;
import explr.data.EmbeddedSample;
import explr.network.Architecture;
import explr.network.Homogeneity;
import explr.network.NormLayer;
import explr.schedule.Recipe;
import explr.training.Listener;
import explr.training.Period;
import explr.training.Run;
import explr.training.Task;

/** An architecture of one's own, its certificate, and its training without weight decay. */
public final class OwnArchitecture {

  /** Two convolutions, the second with a shortcut that is a mean and so needs no weights. */
  public static Architecture network(NormLayer layer) {
    var net = Architecture.builder("two convolutions and a shortcut");
    var x = net.convolution("conv1", net.input(3, 32, 32), 8, 3, 1);
    x = net.relu(net.normalization("norm1", x, layer));
    var branch = net.normalization("norm2", net.convolution("conv2", x, 8, 3, 2), layer);
    x = net.relu(net.add("sum", branch, net.averagePool(x, 2)));
    x = net.relu(net.normalization("norm3", x, layer.withoutAffine()));
    net.fixedLinear("classifier", net.globalAveragePool(x), 10);
    return net.build();
  }

  /** Twenty steps of TEXP++ on real images, at a rate that grows. */
  public static void main(String[] arguments) throws InterruptedException {
    var network = network(NormLayer.group(4).withAffine());
    System.out.println(Homogeneity.of(network).verdict());
    var task = Task.of(network, EmbeddedSample.load()).withBatchSize(32);
    try (var run = Run.start(task, TexpPlusPlus.of(Recipe.of(0.1, 5e-3, 0.9, 20)))) {
      run.train(
          new Listener() {
            @Override
            public void period(Period period) {
              System.out.println("test accuracy " + period.test().accuracy());
            }
          });
    }
  }
}
