package explr.figure;

import explr.figure.ModuleGraph.Kind;
import explr.figure.ModuleGraph.Vertex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the vertices of a graph lie: columns from left to right by the longest path from the input,
 * the longest path through the graph on lane 0, what stands in its shortcuts on lanes below.
 *
 * @param column of each vertex; a vertex on a lower lane lies halfway between the first and the
 *     last column it could have
 * @param lane of each vertex, 0 the uppermost
 */
record GraphLayout(double[] column, int[] lane) {

  static GraphLayout of(List<Vertex> vertices) {
    int[] earliest = earliest(vertices);
    boolean[] main = longestPath(vertices, earliest);
    int[] latest = latest(vertices, earliest);
    double[] column = new double[vertices.size()];
    int[] lane = new int[vertices.size()];
    for (int i = 0; i < vertices.size(); i++) {
      column[i] = main[i] ? earliest[i] : (earliest[i] + latest[i]) / 2.0;
      lane[i] = main[i] ? 0 : freeLane(column, lane, i);
    }
    return new GraphLayout(column, lane);
  }

  /** The last column in use. */
  double width() {
    return Arrays.stream(column).max().orElse(0);
  }

  /** The lowest lane in use. */
  int depth() {
    return Arrays.stream(lane).max().orElse(0);
  }

  private static int[] earliest(List<Vertex> vertices) {
    int[] columns = new int[vertices.size()];
    for (int i = 0; i < columns.length; i++) {
      for (int input : vertices.get(i).inputs()) {
        columns[i] = Math.max(columns[i], columns[input] + 1);
      }
    }
    return columns;
  }

  private static int[] latest(List<Vertex> vertices, int[] earliest) {
    int[] columns = new int[vertices.size()];
    Arrays.fill(columns, Arrays.stream(earliest).max().orElse(0));
    for (int i = columns.length - 1; i >= 0; i--) {
      for (int input : vertices.get(i).inputs()) {
        columns[input] = Math.min(columns[input], columns[i] - 1);
      }
    }
    return columns;
  }

  /** From the output back, each time to the input that lies furthest to the right. */
  private static boolean[] longestPath(List<Vertex> vertices, int[] earliest) {
    boolean[] main = new boolean[vertices.size()];
    int at = vertices.size() - 1;
    main[at] = true;
    while (!vertices.get(at).inputs().isEmpty()) {
      int next = vertices.get(at).inputs().get(0);
      for (int input : vertices.get(at).inputs()) {
        next = earliest[input] > earliest[next] ? input : next;
      }
      at = next;
      main[at] = true;
    }
    return main;
  }

  private static int freeLane(double[] column, int[] lane, int vertex) {
    for (int candidate = 1; ; candidate++) {
      boolean free = true;
      for (int i = 0; i < vertex; i++) {
        free &= lane[i] != candidate || Math.abs(column[i] - column[vertex]) >= 1;
      }
      if (free) {
        return candidate;
      }
    }
  }

  /**
   * Cuts a graph into rows of at most so many columns, where it can be cut: behind a vertex that is
   * all that later ones read. Each further row begins with a vertex that stands for it.
   */
  static List<List<Vertex>> rows(List<Vertex> vertices, int columns) {
    int[] earliest = earliest(vertices);
    List<Integer> cuts =
        IntStream.range(0, vertices.size()).filter(i -> canCutBehind(vertices, i)).boxed().toList();
    List<List<Vertex>> rows = new ArrayList<>();
    for (int from = 0; from < vertices.size(); ) {
      int first = from;
      int limit = columns + (from == 0 ? 0 : earliest[from - 1]);
      List<Integer> possible = cuts.stream().filter(cut -> cut >= first).toList();
      int cut =
          possible.stream()
              .filter(candidate -> earliest[candidate] < limit)
              .reduce((earlier, later) -> later)
              .orElse(possible.get(0));
      rows.add(row(vertices, from, cut + 1));
      from = cut + 1;
    }
    return rows;
  }

  private static boolean canCutBehind(List<Vertex> vertices, int at) {
    return vertices.stream()
        .skip(at + 1L)
        .allMatch(vertex -> vertex.inputs().stream().allMatch(input -> input >= at));
  }

  private static List<Vertex> row(List<Vertex> vertices, int from, int end) {
    if (from == 0) {
      return vertices.subList(0, end);
    }
    List<Vertex> row = new ArrayList<>();
    Vertex source = vertices.get(from - 1);
    Kind kind = Kind.CONTINUED;
    row.add(new Vertex(kind, kind.letter, source.hover(), "", source.degree(), false, List.of()));
    for (Vertex vertex : vertices.subList(from, end)) {
      row.add(
          new Vertex(
              vertex.kind(),
              vertex.letters(),
              vertex.hover(),
              vertex.block(),
              vertex.degree(),
              vertex.flawed(),
              vertex.inputs().stream().map(input -> input - from + 1).toList()));
    }
    return row;
  }
}
