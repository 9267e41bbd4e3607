/**
 * How numbers compare: the distance of two vectors, the median and range of repeated measurements,
 * a number against a bound.
 */
package explr.statistics;
