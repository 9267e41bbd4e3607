/**
 * The theorem on real networks, in numbers.
 *
 * <p>Two accuracy curves that look alike prove little: runs of a deep network that differ in one
 * bit diverge within two hundred steps. {@link explr.equivalence.LockStep} starts the converted run
 * again at every step from the equivalent state of the original, so that only rounding can separate
 * them; {@link explr.equivalence.ChaosFloor} shows how far free runs diverge that started one bit
 * apart; {@link explr.equivalence.Exactness} is the whole report, for every optimizer of {@link
 * explr.equivalence.ComparedOptimizer}; and a {@link explr.equivalence.Control} is a form that is
 * wrong on purpose, which the comparison must detect.
 */
package explr.equivalence;
