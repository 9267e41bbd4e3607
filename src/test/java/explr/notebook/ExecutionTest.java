package explr.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.DisplayStream;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the classes of IJava's published base; JJava's have the same members. */
class ExecutionTest {

  @Test
  void names_the_cell_and_tells_its_runs_apart() {
    Execution first = Execution.of(display(Map.of("cellId", "a"))).orElseThrow();
    Execution second = Execution.of(display(Map.of("cellId", "a"))).orElseThrow();

    assertThat(first.cell()).isEqualTo("a");
    assertThat(second.cell()).isEqualTo("a");
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void is_unknown_where_no_cell_runs_or_the_page_names_none() {
    assertThat(Execution.of(new DisplayStream())).isEmpty();
    assertThat(Execution.of(display(Map.of()))).isEmpty();
    assertThat(Execution.of(display(null))).isEmpty();
    assertThat(Execution.of("another kind of kernel")).isEmpty();
  }

  /** A display during the run that a page asked for with this metadata. */
  private static DisplayStream display(Map<String, Object> metadata) {
    Header<ExecuteRequest> header = new Header<>("page", MessageType.EXECUTE_REQUEST);
    Message<ExecuteRequest> request = new Message<>(header, null, metadata, List.of());
    return new DisplayStream() {
      {
        setEnv(new ShellReplyEnvironment(null, null, null, request) {});
      }
    };
  }
}
