package explr.figure;

import explr.figure.ModuleGraph.Kind;
import explr.figure.ModuleGraph.Vertex;
import explr.network.Architecture;
import explr.network.Homogeneity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Networks drawn as Appendix E of Li &amp; Arora (2020) draws them: a vertex for each module, and
 * on each edge the degree of homogeneity of what flows along it.
 *
 * <p>ReLU, pooling and the fixed last layer keep the degree and are left out. What breaks the rules
 * is red, and behind it stands F. Names of nodes make blocks: all that begins as the name of a sum
 * does, up to its last dot, is shaded as one. A network that is longer than the page continues in
 * another row.
 */
public final class NetworkFigure {

  /** Columns of a row at most, and at least, so that short networks are not drawn out. */
  private static final int MOST = 22;

  private static final int LEAST = 14;

  private static final int MARGIN_TOP = 130;
  private static final int HEADING = 24;
  private static final int BLOCK_NAME = 20;
  private static final int RISE = 38;
  private static final int LANE = 52;
  private static final int HALF = 24;
  private static final int HALF_BLOCK = 40;

  /** Between lines of graphs. */
  private static final int GAP = 14;

  /** Beyond the output, for its degree. */
  private static final double STUB = 1.1;

  private NetworkFigure() {}

  /** One network, under its name and its certificate. */
  public static Figure of(Architecture architecture) {
    Homogeneity degrees = Homogeneity.of(architecture);
    return draw(
        architecture.name(),
        certificate(degrees),
        List.of(ModuleGraph.of(degrees, "", true)),
        true,
        1);
  }

  /** Networks under each other, each under its name and its certificate. */
  public static Figure of(String title, Architecture... networks) {
    List<ModuleGraph> graphs = new ArrayList<>();
    for (Architecture network : networks) {
      Homogeneity degrees = Homogeneity.of(network);
      graphs.add(
          ModuleGraph.of(
              degrees, "<b>%s:</b> %s".formatted(network.name(), certificate(degrees)), true));
    }
    return draw(title, "the number on an edge is its degree", graphs, true, 1);
  }

  /** Parts of networks next to each other, whose outputs may have any degree. */
  public static Figure parts(String title, List<Architecture> parts) {
    return draw(
        title,
        "the number on an edge is its degree",
        parts.stream()
            .map(part -> ModuleGraph.of(Homogeneity.of(part), "<b>" + part.name() + "</b>", false))
            .toList(),
        false,
        1);
  }

  /** One network with each of its blocks as one vertex. */
  public static Figure blocks(Architecture architecture) {
    Homogeneity degrees = Homogeneity.of(architecture);
    return draw(
        architecture.name(),
        certificate(degrees),
        List.of(ModuleGraph.of(degrees, "", true).collapsed()),
        true,
        1.8);
  }

  private static String certificate(Homogeneity degrees) {
    return degrees
        .flaw()
        .map(flaw -> flaw.node().name() + " " + flaw.reason())
        .orElse("scale invariant");
  }

  /** A row of a graph with its place. */
  private record Row(
      String heading, List<Vertex> vertices, GraphLayout layout, boolean last, double spacing) {

    double width() {
      return spacing * layout.width() + STUB + 0.5;
    }

    boolean hasBlocks() {
      return vertices.stream().anyMatch(vertex -> !vertex.block().isEmpty());
    }

    boolean isArc(int from, int to) {
      int[] lane = layout.lane();
      double span = layout.column()[to] - layout.column()[from];
      return lane[from] == 0 && lane[to] == 0 && span > 1;
    }

    boolean hasArcs() {
      for (int i = 0; i < vertices.size(); i++) {
        for (int input : vertices.get(i).inputs()) {
          if (isArc(input, i)) {
            return true;
          }
        }
      }
      return false;
    }

    /** Pixels from the top of the row to lane 0. */
    int above() {
      return (heading.isEmpty() ? 0 : HEADING)
          + (hasBlocks() ? BLOCK_NAME : 0)
          + (hasArcs() ? RISE : 0)
          + half();
    }

    int below() {
      return LANE * layout.depth() + half();
    }

    private int half() {
      return spacing > 1 ? HALF_BLOCK : HALF;
    }
  }

  private static Figure draw(
      String title, String subtitle, List<ModuleGraph> graphs, boolean whole, double spacing) {
    GraphCanvas canvas = new GraphCanvas();
    double widest = LEAST;
    double y = 0;
    for (List<Row> line : lines(graphs, spacing)) {
      int above = line.stream().mapToInt(Row::above).max().orElseThrow();
      int below = line.stream().mapToInt(Row::below).max().orElseThrow();
      double x = 0;
      for (Row row : line) {
        draw(row, x, y, y - above, whole, canvas);
        x += row.width() + 0.5;
      }
      widest = Math.max(widest, x - 0.5);
      y -= above + below + GAP;
    }
    String words = graphs.stream().map(NetworkFigure::inWords).collect(Collectors.joining("; "));
    Map<String, Object> layout =
        Style.frame(
            title,
            subtitle,
            MARGIN_TOP + (int) -y + 10,
            "ReLU, pooling and fixed layers keep the degree and are left out.",
            "A graph of modules, each with the degree of its output. " + words);
    layout.put("margin", Map.of("t", MARGIN_TOP, "b", 10, "l", 16, "r", 16));
    layout.put("hovermode", "closest");
    layout.put("xaxis", axis(-0.5 * spacing, widest));
    layout.put("yaxis", axis(y, 0));
    layout.put("legend", legend(1 + 10 / -y));
    layout.put("shapes", canvas.shapes());
    layout.put("annotations", canvas.annotations());
    return new Figure(canvas.traces(), layout);
  }

  /** Rows, several next to each other if they are short. */
  private static List<List<Row>> lines(List<ModuleGraph> graphs, double spacing) {
    List<List<Row>> lines = new ArrayList<>();
    double used = Double.POSITIVE_INFINITY;
    for (ModuleGraph graph : graphs) {
      List<List<Vertex>> rows = GraphLayout.rows(graph.vertices(), (int) (MOST / spacing));
      for (int i = 0; i < rows.size(); i++) {
        Row row =
            new Row(
                i == 0 ? graph.heading() : "",
                rows.get(i),
                GraphLayout.of(rows.get(i)),
                i == rows.size() - 1,
                spacing);
        // Words over a network need the line to themselves.
        boolean adjacent = rows.size() == 1 && graph.heading().length() < 40;
        if (!adjacent || used + row.width() > LEAST) {
          lines.add(new ArrayList<>());
          used = 0;
        }
        lines.get(lines.size() - 1).add(row);
        used = adjacent ? used + row.width() + 0.5 : Double.POSITIVE_INFINITY;
      }
    }
    return lines;
  }

  private static void draw(
      Row row, double x, double top, double y, boolean whole, GraphCanvas canvas) {
    if (!row.heading.isEmpty()) {
      canvas.heading(x - 0.4, top, row.heading, Style.FONT_SIZE, Style.INK);
    }
    blocks(row, x, y, canvas);
    double[] column = row.layout.column();
    int[] lane = row.layout.lane();
    for (int i = 0; i < column.length; i++) {
      Vertex vertex = row.vertices.get(i);
      double toX = x + row.spacing * column[i];
      double toY = y - LANE * lane[i];
      for (int input : vertex.inputs()) {
        Vertex source = row.vertices.get(input);
        double fromX = x + row.spacing * column[input];
        double fromY = y - LANE * lane[input];
        String degree = source.degree();
        if (row.isArc(input, i)) {
          canvas.arc(fromX, toX, fromY, RISE, degree);
        } else if (lane[input] == lane[i]) {
          canvas.straight(vertex.kind(), fromX, toX, fromY, degree);
        } else {
          canvas.bend(fromX, fromY, toX, toY, degree);
        }
      }
      canvas.vertex(vertex, toX, toY);
    }
    int output = column.length - 1;
    Vertex last = row.vertices.get(output);
    boolean wrong = row.last && whole && !last.degree().equals("0");
    double from = x + row.spacing * column[output];
    canvas.out(last.kind(), from, from + STUB, y, last.degree(), wrong);
  }

  private static void blocks(Row row, double x, double y, GraphCanvas canvas) {
    Map<String, double[]> spans = new LinkedHashMap<>();
    for (int i = 0; i < row.vertices.size(); i++) {
      double at = x + row.layout.column()[i];
      if (!row.vertices.get(i).block().isEmpty()) {
        double[] span =
            spans.computeIfAbsent(row.vertices.get(i).block(), block -> new double[] {at, at});
        span[0] = Math.min(span[0], at);
        span[1] = Math.max(span[1], at);
      }
    }
    double top = y + HALF + (row.hasArcs() ? RISE : 0) + BLOCK_NAME - 4;
    spans.forEach(
        (name, span) -> {
          canvas.shade(span[0] - 0.44, span[1] + 0.44, y - row.below() + 6, top);
          canvas.heading(span[0] - 0.4, top - 1, name, Style.FONT_SIZE - 2, Style.FAINT_INK);
        });
  }

  private static String inWords(ModuleGraph graph) {
    Function<Vertex, String> words =
        vertex ->
            vertex.letters()
                + " "
                + (vertex.degree().isEmpty() ? "without a degree" : vertex.degree());
    return graph.vertices().stream()
        .filter(vertex -> vertex.kind() != Kind.CONTINUED)
        .map(words)
        .collect(Collectors.joining(", "));
  }

  private static Map<String, Object> axis(double from, double to) {
    Map<String, Object> axis = new LinkedHashMap<>();
    axis.put("range", List.of(from, to));
    axis.putAll(Map.of("visible", false, "fixedrange", true));
    return axis;
  }

  private static Map<String, Object> legend(double bottom) {
    Map<String, Object> legend = new LinkedHashMap<>();
    legend.putAll(Map.of("orientation", "h", "x", 0, "xanchor", "left"));
    legend.putAll(Map.of("y", bottom, "yanchor", "bottom", "itemclick", false));
    legend.putAll(Map.of("itemdoubleclick", false, "font", Map.of("size", Style.FONT_SIZE - 1)));
    return legend;
  }
}
