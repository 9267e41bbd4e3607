package explr.benchmark;

import explr.engine.EngineName;
import explr.engine.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** How speed and memory change with one property of the workload at a time. */
final class Scaling {

  /** A property of a workload. */
  enum Property {
    /** Layers of the network. */
    DEPTH("depth", Workload::depth),
    /** Factor on its channels. */
    WIDTH("width", Workload::width),
    /** Images in a batch. */
    BATCH("batch size", Workload::batchSize),
    /** Threads of an operation. */
    THREADS("threads", Workload::threads);

    private final String title;
    private final ToIntFunction<Workload> value;

    Property(String title, ToIntFunction<Workload> value) {
      this.title = title;
      this.value = value;
    }

    String title() {
      return title;
    }

    int of(Workload workload) {
      return value.applyAsInt(workload);
    }
  }

  private Scaling() {}

  /** The workloads of each property; where all paths cross lies the base, which all contain. */
  static Map<Property, List<Workload>> workloads(Workload base) {
    Map<Property, List<Workload>> workloads = new LinkedHashMap<>();
    Precision p = base.precision();
    int d = base.depth();
    int w = base.width();
    int b = base.batchSize();
    int t = base.threads();
    workloads.put(
        Property.DEPTH, sizes(new int[] {8, 20, 32, 56}, i -> new Workload(i, w, b, p, t)));
    workloads.put(Property.WIDTH, sizes(new int[] {1, 2, 4}, i -> new Workload(d, i, b, p, t)));
    workloads.put(
        Property.BATCH, sizes(new int[] {32, 128, 256}, i -> new Workload(d, w, i, p, t)));
    Set<Integer> threads = new LinkedHashSet<>();
    for (int i = 1; i < t; i *= 2) {
      threads.add(i);
    }
    threads.add(t);
    workloads.put(
        Property.THREADS, threads.stream().map(i -> new Workload(d, w, b, p, i)).toList());
    return workloads;
  }

  private static List<Workload> sizes(int[] sizes, java.util.function.IntFunction<Workload> of) {
    List<Workload> workloads = new ArrayList<>();
    for (int size : sizes) {
      workloads.add(of.apply(size));
    }
    return workloads;
  }

  /** A variant for each workload, each once. */
  static List<Variant> variants(EngineName engine, Workload base) {
    Set<Workload> distinct = new LinkedHashSet<>();
    workloads(base).values().forEach(distinct::addAll);
    return distinct.stream()
        .map(
            workload -> {
              String name =
                  String.format(
                      Locale.ROOT,
                      "depth-%d-width-%d-batch-%d-threads-%d",
                      workload.depth(),
                      workload.width(),
                      workload.batchSize(),
                      workload.threads());
              return Variant.explr(engine, workload).named(name).titled(name.replace('-', ' '));
            })
        .toList();
  }

  /** What was measured of a property's workloads, in their order. */
  static List<Measured> of(Property property, Workload base, List<Measured> measured) {
    List<Measured> found = new ArrayList<>();
    for (Workload workload : workloads(base).get(property)) {
      measured.stream()
          .filter(m -> m.variant().workload().equals(workload))
          .findFirst()
          .ifPresent(found::add);
    }
    return found;
  }
}
