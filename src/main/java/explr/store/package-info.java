/**
 * Everything that was ever trained, by what it is: runs that begin alike share their past.
 *
 * <p>An {@link explr.store.Address} names a state by all that led to it, a {@link
 * explr.store.Lineage} is the row of states that a run passes, and a {@link explr.store.StoredRun}
 * trains what is missing of it in a {@link explr.store.Store}.
 */
package explr.store;
