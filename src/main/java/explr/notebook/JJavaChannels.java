package explr.notebook;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;

/** The lines of a JJava kernel. */
record JJavaChannels(CommManager comms) implements Frontend.Channels {

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
