/** Numbers and durations as text for people. */
package explr.text;
