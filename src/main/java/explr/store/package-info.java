/**
 * Training results, stored by what determines them: runs that begin alike share their first
 * periods.
 *
 * <p>An {@link explr.store.Address} names a state by everything that led to it, a {@link
 * explr.store.Lineage} is the sequence of addresses of a run, and a {@link
 * explr.store.ResumableRun} trains the missing periods of a run in a {@link explr.store.Store}. For
 * people, {@link explr.store.Catalog} lists a store, {@link explr.store.DamagedFile} names a
 * damaged file, and {@link explr.store.PrunePlan} removes runs.
 */
package explr.store;
