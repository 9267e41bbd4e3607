package explr.engine;

import explr.network.Architecture;
import explr.network.Layer;
import explr.network.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * When the values of a graph can be freed where nothing is differentiated: each after the last node
 * that reads it. The images and the logits belong to the caller and are not freed.
 *
 * @param freedAfter for each node, by index: the nodes whose values are freed once it has computed
 */
record ValueLifetimes(List<List<Integer>> freedAfter) {

  /** The lifetimes in a graph that leaves out the nodes that are {@code cancelled}. */
  static ValueLifetimes of(Architecture architecture) {
    List<Node> nodes = architecture.nodes();
    int end = nodes.size() - 1;
    // A node that is left out has the value of its input.
    int[] owner = new int[nodes.size()];
    int[] lastReader = new int[nodes.size()];
    for (Node node : nodes) {
      int index = node.index();
      node.inputs().forEach(input -> lastReader[owner[input]] = index);
      lastReader[index] = index;
      owner[index] = architecture.cancelled(node) ? owner[node.inputs().get(0)] : index;
    }
    List<List<Integer>> freedAfter = new ArrayList<>();
    nodes.forEach(node -> freedAfter.add(new ArrayList<>()));
    for (Node node : nodes) {
      int index = node.index();
      boolean computed = owner[index] == index && !(node.layer() instanceof Layer.Input);
      if (computed && index != owner[end]) {
        freedAfter.get(lastReader[index]).add(index);
      }
    }
    return new ValueLifetimes(freedAfter);
  }
}
