/**
 * CSV files: {@link explr.csv.CsvReader} and {@link explr.csv.CsvWriter}, after RFC 4180.
 *
 * <p>The only package that knows the library behind them, FastCSV. Each line that the writer writes
 * ends in {@code \n}, not in RFC 4180's {@code \r\n}; the reader takes both.
 */
package explr.csv;
