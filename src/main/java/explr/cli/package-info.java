/**
 * The commands behind the scripts of {@code environment}. {@link explr.cli.Main} is the entry
 * point; the converter can also be started alone.
 */
package explr.cli;
