package explr.notebook;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A notebook behind one of the two kernels, whose types have the same shape and no common ancestor:
 * the calls that differ by type alone are handed over one by one.
 *
 * @param <D> the kernel's type of an output, a bundle of formats
 * @param empty makes an output without formats
 * @param put adds a format to an output
 * @param display shows an output under an id
 * @param update replaces the output of an id
 * @param execution tells which run of a cell it is
 * @param renderers teaches the kernel how values look
 * @param channels the kernel's lines to the page
 */
record KernelFrontend<D>(
    Supplier<D> empty,
    Put<D> put,
    BiConsumer<String, D> display,
    BiConsumer<String, D> update,
    Supplier<Optional<Execution>> execution,
    Renderers renderers,
    Channels channels)
    implements Frontend {

  /** The formats, the richest first, in which values are shown where none is asked for. */
  private static final String[] PREFERRED = {Bundle.PLOTLY, Bundle.HTML, Bundle.TEXT};

  /** Adds a format and its content to an output. */
  interface Put<D> {
    void put(D output, String format, Object content);
  }

  /** Gives a value's formats and contents to a page, which takes those that it asked for. */
  interface Look {
    void show(Object value, BiConsumer<String, Object> page);
  }

  /** Registers how values of a type look, in formats of which the first is the best. */
  interface Renderers {
    void register(Class<?> type, String[] preferred, Look look);
  }

  @Override
  public <T> void register(Class<T> type, Function<? super T, Bundle> look) {
    renderers.register(
        type, PREFERRED, (value, page) -> look.apply(type.cast(value)).formats().forEach(page));
  }

  @Override
  public void display(String id, Bundle bundle) {
    display.accept(id, output(bundle));
  }

  @Override
  public void update(String id, Bundle bundle) {
    update.accept(id, output(bundle));
  }

  @Override
  public Optional<Execution> running() {
    return execution.get();
  }

  private D output(Bundle bundle) {
    D output = empty.get();
    bundle.formats().forEach((format, content) -> put.put(output, format, content));
    return output;
  }
}
