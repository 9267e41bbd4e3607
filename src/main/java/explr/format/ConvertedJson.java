package explr.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import explr.conversion.Conversion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A converted recipe as a JSON object of columns. */
final class ConvertedJson {

  private static final String END = "\n}\n";

  /**
   * Up to this many rows are kept, 8 bytes for each value; a longer run is converted again for each
   * column.
   */
  private static final long MOST_ROWS_IN_MEMORY = 2_000_000;

  private ConvertedJson() {}

  static void write(ConvertedRecipe converted, long every, Writer out) throws IOException {
    write(converted, every, out, MOST_ROWS_IN_MEMORY);
  }

  static void write(ConvertedRecipe converted, long every, Writer out, long mostRowsInMemory)
      throws IOException {
    String head = JsonText.write(head(converted));
    out.write(head.substring(0, head.length() - END.length()));
    try {
      if (converted.source().recipe().iterations() / every <= mostRowsInMemory) {
        writeKept(converted, every, out);
      } else {
        writeComputed(converted, every, out);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    out.write(END);
  }

  private static JsonObject head(ConvertedRecipe converted) {
    Conversion conversion = converted.conversion();
    JsonObject json = new JsonObject();
    json.addProperty("conversion", conversion.toString());
    json.addProperty("source", conversion.source());
    JsonArray assumes = new JsonArray();
    assumes.add("the loss does not change when all trained weights are multiplied by c > 0");
    assumes.add(conversion.assumption());
    json.add("assumes", assumes);
    json.addProperty("exactness", conversion.exactness());
    json.add("recipe", converted.source().json());
    json.addProperty("iterations", converted.source().recipe().iterations());
    OptionalLong leaves = converted.leavesFloat32();
    if (leaves.isPresent()) {
      json.addProperty("leaves_float32_at_iteration", leaves.getAsLong());
    } else {
      json.add("leaves_float32_at_iteration", JsonNull.INSTANCE);
    }
    return json;
  }

  private static void writeKept(ConvertedRecipe converted, long every, Writer out) {
    List<List<double[]>> blocks = new ArrayList<>();
    List<Values> columns = new ArrayList<>();
    Row row = converted.row();
    for (int column = 0; column < row.size(); column++) {
      List<double[]> ofColumn = new ArrayList<>();
      blocks.add(ofColumn);
      columns.add(new Values(1, ofColumn::add));
    }
    converted.forEach(
        every,
        step -> {
          for (int column = 0; column < columns.size(); column++) {
            columns.get(column).add(row.value(step, column));
          }
        });
    columns.forEach(Values::end);
    for (int i = 0; i < blocks.size(); i++) {
      Column column = new Column(i, row.names().get(i), out);
      blocks.set(i, null).forEach(column::add);
      column.end();
    }
  }

  private static void writeComputed(ConvertedRecipe converted, long every, Writer out) {
    Row row = converted.row();
    for (int i = 0; i < row.size(); i++) {
      int index = i;
      Column column = new Column(i, row.names().get(i), out);
      Values values = new Values(1, column::add);
      converted.forEach(every, step -> values.add(row.value(step, index)));
      values.end();
      column.end();
    }
  }

  /** Writes a column block by block. */
  private static final class Column {
    private final int index;
    private final OrderedText text;
    private boolean begun;

    Column(int index, String name, Writer out) {
      this.index = index;
      this.text = new OrderedText(out);
      text.add(() -> ",\n  \"" + name + "\": [");
    }

    void add(double[] block) {
      boolean first = !begun;
      begun = true;
      text.add(() -> numbers(block, first));
    }

    void end() {
      text.add(() -> "]");
      text.end();
    }

    private String numbers(double[] block, boolean first) {
      StringBuilder numbers = new StringBuilder(20 * block.length);
      for (int i = 0; i < block.length; i++) {
        numbers.append(first && i == 0 ? "" : ", ");
        String number = Row.text(block[i], index);
        numbers.append(Double.isInfinite(block[i]) ? '"' + number + '"' : number);
      }
      return numbers.toString();
    }
  }
}
