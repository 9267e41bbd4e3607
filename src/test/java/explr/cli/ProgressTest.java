package explr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final PeriodLine PERIOD = new PeriodLine(1, 100, 0.5, 0.4, -1);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private String said(boolean withBar) {
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    try (Progress progress = new Progress(10, true, withBar, out)) {
      progress.trained(2);
      progress.notice("texp, seed 1", "waiting for another process");
      progress.trained(3);
      progress.period("texp, seed 1", PERIOD);
    }
    return bytes.toString(UTF_8);
  }

  @Test
  void whereOutputIsRedirectedThereIsNoBar() {
    // As it is here.
    assertThat(Progress.onTerminal()).isFalse();
    assertThat(said(false).lines())
        .hasSize(2)
        .first()
        .isEqualTo("texp, seed 1: waiting for another process");
  }

  @Test
  void aNoticeBesideABarIsALineThatNothingIsWrittenOver() {
    String said = said(true);
    String notice = "\r\u001b[2Ktexp, seed 1: waiting for another process\n";
    assertThat(said).containsOnlyOnce(notice);
    assertThat(said.substring(said.indexOf(notice) + notice.length())).startsWith("\r");
  }

  @Test
  void aRateIsWrittenAsPeopleReadIt() {
    assertThat(PERIOD).hasToString("epoch 1: 100 images/s, train 50.0 %, test 40.0 %, rate 0.1");
    assertThat(new PeriodLine(1.5, Double.NaN, 0.5, 0.4, 26.13))
        .hasToString("epoch 1.50: train 50.0 %, test 40.0 %, rate 10^26.1");
  }
}
