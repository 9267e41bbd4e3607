package explr.notebook;

import io.github.spencerpark.jupyter.kernel.comm.Comm;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.comm.CommCloseCommand;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The lines of an IJava kernel. */
record IJavaChannels(CommManager comms) implements Frontend.Channels {

  @Override
  public Optional<Channel> open(
      String target, String opening, String version, Consumer<String> received) {
    AtomicReference<Line> line = new AtomicReference<>();
    comms.openComm(
        target,
        (manager, id, name, message) -> {
          KernelJson.putAll(message.getContent(), opening);
          message.getNonNullMetadata().put("version", version);
          line.set(new Line(manager, id, name, (channel, text) -> received.accept(text)));
          return line.get();
        });
    return Optional.ofNullable(line.get());
  }

  @Override
  public void accept(String target, Frontend.Answer answer) {
    comms.registerTarget(
        target, (manager, id, name, message) -> new Line(manager, id, name, answer));
  }

  private static final class Line extends Comm implements Channel {
    private final Frontend.Answer answer;

    Line(CommManager manager, String id, String target, Frontend.Answer answer) {
      super(manager, id, target);
      this.answer = answer;
    }

    @Override
    public String id() {
      return getID();
    }

    @Override
    public void send(String json) {
      KernelJson.send(this, json);
    }

    @Override
    protected void onMessage(Message<CommMsgCommand> message) {
      answer.to(this, KernelJson.data(message.getContent()));
    }

    @Override
    protected void onClose(Message<CommCloseCommand> message, boolean sending) {}
  }
}
