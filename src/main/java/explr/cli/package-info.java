/** The commands behind the scripts of {@code environment}; {@link explr.cli.Main} is the first. */
package explr.cli;
