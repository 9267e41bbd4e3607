package explr.benchmark;

import explr.figure.Axis;
import explr.figure.Bars;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.machine.GpuFacts;
import explr.statistics.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The plots of the benchmark. */
final class BenchmarkFigure {

  private BenchmarkFigure() {}

  /** A bar for each variant: its images per second. */
  static Figure speeds(Results results) {
    List<Bars.Bar> bars = new ArrayList<>();
    for (Measured measured : results.measured()) {
      Variant variant = measured.variant();
      if (variant.trains()) {
        bars.add(
            bar(variant.title() + (variant.id().endsWith("float64") ? ", float64" : ""), measured));
      }
    }
    return new Bars(
            "Images a second",
            subtitle(results.measured().get(0).variant().workload(), results),
            "images/s",
            bars,
            "The same network, batch and threads in every row; processes took turns on one machine."
                + " Whiskers span the rounds.",
            "A chart of horizontal bars: images a second of each variant.")
        .figure();
  }

  /** A bar for each variant on a GPU: its images per second. */
  static Figure gpu(Results results, GpuFacts gpu) {
    List<Bars.Bar> bars =
        results.measured().stream().map(one -> bar(one.variant().title(), one)).toList();
    Workload workload = results.measured().get(0).variant().workload();
    return new Bars(
            "Images per second on a GPU",
            "%s, batch %d; %s; medians of %d rounds"
                .formatted(
                    workload.architecture().name(),
                    workload.batchSize(),
                    gpu.name(),
                    results.repetitions().rounds()),
            "images/s",
            bars,
            "The same network and batch in every row; processes took turns on one GPU. Whiskers"
                + " span the rounds.",
            "A chart of horizontal bars: images per second of each variant.")
        .figure();
  }

  private static Bars.Bar bar(String name, Measured measured) {
    Spread speed = Spread.of(measured.imagesPerSecond());
    Color color = color(measured.variant().side());
    return new Bars.Bar(name, speed.median(), speed.low(), speed.high(), color);
  }

  private static Color color(Variant.Side side) {
    return switch (side) {
      case EXPLR -> Color.VERMILLION;
      case DJL -> Color.GREEN;
      case PYTHON -> Color.BLUE;
      case ROOF -> Color.GRAY;
    };
  }

  private static String subtitle(Workload workload, Results results) {
    return "%s; %s; medians of %d rounds"
        .formatted(workload.title(), results.machine().processor(), results.repetitions().rounds());
  }

  /** Speed and memory against each property of the workload, one column per property. */
  static Figure scaling(Results results, Workload base) {
    List<List<Panel>> columns = new ArrayList<>();
    for (Scaling.Property property : Scaling.Property.values()) {
      List<Measured> measured = Scaling.of(property, base, results.measured());
      Axis axis = Axis.count(property.title());
      Line speed = line(property, measured, m -> Spread.of(m.imagesPerSecond()));
      Line memory =
          line(
              property,
              measured,
              m ->
                  m.peakMegabytes().isPresent()
                      ? Spread.of(m.peakMegabytes().getAsDouble())
                      : new Spread(Double.NaN, Double.NaN, Double.NaN));
      columns.add(
          List.of(
              Panel.of("Speed", axis, fromZero("images/s", speed), List.of(speed)),
              Panel.of("Memory", axis, fromZero("peak MB", memory), List.of(memory))));
    }
    return new Plot(
            "What a training step costs",
            subtitle(base, results) + "; all but the property on the horizontal axis",
            columns,
            "Each column changes one property and keeps the others.",
            "Line charts: images a second and peak memory against depth, width, batch size and"
                + " threads.")
        .figure();
  }

  /** An axis from 0, so that heights can be compared by eye. */
  private static Axis fromZero(String title, Line line) {
    double highest = line.points().stream().mapToDouble(Line.Point::high).max().orElse(1);
    Axis axis = Axis.linear(title);
    return highest > 0 ? axis.between(0, 1.1 * highest) : axis;
  }

  private static Line line(
      Scaling.Property property, List<Measured> measured, Function<Measured, Spread> quantity) {
    List<Line.Point> points = new ArrayList<>();
    for (Measured one : measured) {
      Spread spread = quantity.apply(one);
      points.add(
          new Line.Point(
              property.of(one.variant().workload()), spread.median(), spread.low(), spread.high()));
    }
    return Line.of("by " + property.title(), points, 2, Color.VERMILLION);
  }
}
