package explr.experiment;

import explr.store.Manifests;
import explr.store.Store;
import java.io.IOException;
import java.util.Optional;

/**
 * Runs of a plan that were trained in a store.
 *
 * @param plan whose runs they are
 * @param store where they lie
 */
record StoreSource(Plan plan, Store store) implements RunSource {

  @Override
  public Optional<KnownRun> find(PaperFigure figure, Curve curve, long seed) throws IOException {
    Optional<PlannedRun> planned = plan.run(figure, curve, seed);
    if (planned.isEmpty()) {
      return Optional.empty();
    }
    PlannedRun run = planned.get();
    return store
        .measurements(run.lineage())
        .map(table -> KnownRun.upTo(table, run.rates().iterations(), curve, seed))
        .map(table -> new KnownRun(table, Manifests.images(run.task()), false));
  }
}
