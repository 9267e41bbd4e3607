/**
 * The theorem itself on real networks, in numbers.
 *
 * <p>Two accuracy curves that look alike prove little: runs of a deep network that differ in one
 * last bit part within two hundred steps. {@link explr.equivalence.LockStep} starts the converted
 * run anew at every step from the equivalent state of the original, so that only rounding can come
 * between them; {@link explr.equivalence.ChaosFloor} shows how far free runs part that began one
 * last bit apart; {@link explr.equivalence.Exactness} is the whole report.
 */
package explr.equivalence;
