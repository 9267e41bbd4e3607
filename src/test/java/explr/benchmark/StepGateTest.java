package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepGateTest {

  @Test
  void aTurnEndsWhenAllItsStepsAreTaken() throws Exception {
    StepGate gate = new StepGate();
    gate.ask(39);
    gate.awaitNext();
    gate.count(32);
    assertThat(gate.awaitAll(1)).isFalse();
    gate.awaitNext();
    gate.count(7);
    assertThat(gate.awaitAll(1)).isTrue();
    assertThat(gate.taken()).isEqualTo(39);
  }

  @Test
  void theTrainingThreadWaitsUntilAStepIsAskedFor() throws Exception {
    StepGate gate = new StepGate();
    gate.ask(1);
    gate.count(1);
    Thread waits = new Thread(() -> awaitNext(gate));
    waits.start();
    while (waits.getState() != Thread.State.WAITING) {
      assertThat(waits.isAlive()).isTrue();
      Thread.sleep(1);
    }
    gate.ask(1);
    waits.join();
  }

  private static void awaitNext(StepGate gate) {
    try {
      gate.awaitNext();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
