/**
 * Everything that was trained, stored by what determines it: runs that begin alike share their
 * first periods.
 *
 * <p>An {@link explr.store.Address} names a state by all that led to it, a {@link
 * explr.store.Lineage} is the row of states that a run passes, and a {@link
 * explr.store.ResumableRun} trains what is missing of it in a {@link explr.store.Store}. For
 * people, {@link explr.store.Catalog} lists a store, {@link explr.store.DamagedFile} names a
 * damaged file, and {@link explr.store.PrunePlan} removes runs.
 */
package explr.store;
