package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.data.Normalization;
import explr.engine.Algorithms;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.file.Digests;
import explr.file.Resource;
import explr.machine.GpuFacts;
import explr.machine.Gpus;
import explr.machine.NvidiaDriver;
import explr.network.AppendixE;
import explr.network.Architecture;
import explr.network.FullyConnected;
import explr.network.Layer;
import explr.network.Node;
import explr.network.NormLayer;
import explr.network.PlainCnn;
import explr.network.PreResNet;
import explr.network.ResNet;
import explr.optimizer.Optimizer;
import explr.schedule.ForwardingRates;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.training.Task;
import explr.training.Tasks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Identities as they were when version 1 of their fields was fixed.
 *
 * <p>{@code identities-1.txt} holds a line for each: name, address and text. The texts were written
 * by {@link Identity}, read over field by field, and found to be what Python's {@code
 * json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)} writes
 * but for the digits of numbers; the addresses are what coreutils' {@code sha256sum} says of the
 * texts. A class, a component or an enum constant that is renamed changes none of them. Where this
 * test fails, runs in every store would be trained again: mend the code, not the file.
 */
class IdentityTest {

  private static final Optimizer MOMENTUM = new Optimizer.Momentum();

  private static final Computer COMPUTER =
      new Computer("1.9.1-20220812", Optional.empty(), "amd64 GenuineIntel avx2 fma");

  private static final Dataset DATA = EmbeddedSample.load().first(64, 10);

  private static final Task TASK =
      Task.of(PreResNet.depth(8), DATA)
          .withBatchSize(16)
          .on(new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 1));

  private static Map<String, Identity> identities() {
    Map<String, Identity> identities = new LinkedHashMap<>();
    NormLayer groups = NormLayer.group(4).withAffine();
    for (Architecture net :
        List.of(
            PreResNet.depth(8),
            PreResNet.of(8, 2, groups),
            ResNet.of(8, 1, NormLayer.layer()),
            PlainCnn.of(3, 4, NormLayer.instance()),
            FullyConnected.of(2, 16, NormLayer.batch().withAffine()))) {
      identities.put(net.name(), Identity.ofStart(TASK.with(net), COMPUTER));
    }
    List<Architecture> figures = new ArrayList<>(AppendixE.modules());
    figures.addAll(
        List.of(
            AppendixE.plain(groups),
            AppendixE.resNet(groups),
            AppendixE.preResNet(groups),
            AppendixE.biased(NormLayer.instance().withAffine()),
            AppendixE.affineEnd(NormLayer.layer()),
            AppendixE.usualStart(NormLayer.batch()),
            pooled()));
    for (Architecture net : figures) {
      identities.put(
          "graph of " + net.name(), new Identity(CanonicalJson.of(NetworkGraph.of(net))));
    }
    identities.put(
        "elsewhere",
        Identity.ofStart(
            TASK.withData(normalizedOtherwise())
                .withSeed(Long.MIN_VALUE)
                .withEpsilon(1e-3 / 3)
                .measured(2)
                .watching("conv", "stage1.block1.conv2")
                .on(new Backend(EngineName.PYTORCH, "gpu:1", Precision.FLOAT64, 64)),
            new Computer("2.7.1-20250812", Optional.of("SkylakeX"), "aarch64 asimd")));
    Address start = new Address("0".repeat(64));
    identities.put("constant rates", Identity.ofPeriod(start, new GivenRates(), MOMENTUM, 0, 4));
    identities.put("changing rates", Identity.ofPeriod(start, new GivenRates(), MOMENTUM, 4, 8));
    identities.put("one iteration", Identity.ofPeriod(start, new GivenRates(), MOMENTUM, 5, 6));
    return identities;
  }

  private static Architecture pooled() {
    Architecture.Builder net = Architecture.builder("pooled");
    Node x = net.averagePool(net.maxPool(net.input(3, 32, 32), 2), 4);
    net.linear("linear", net.flatten(x), 10);
    return net.build();
  }

  private static Dataset normalizedOtherwise() {
    Normalization.Channel plain = new Normalization.Channel(0.5, 0.25);
    Normalization other = new Normalization(plain, new Normalization.Channel(1.0 / 3, 1e-3), plain);
    return new Dataset("other", DATA.train(), DATA.test(), DATA.classes(), other);
  }

  /** Lines of name, address and text. */
  private static List<String[]> golden() {
    return Resource.text(IdentityTest.class, "identities-1.txt")
        .lines()
        .map(line -> line.split("\t"))
        .toList();
  }

  @Test
  void identitiesAndAddressesAreWhatTheyWere() {
    Map<String, Identity> identities = identities();
    assertThat(golden()).hasSameSizeAs(identities.entrySet());
    for (String[] line : golden()) {
      Identity then = ofFirstNumerics(identities.get(line[0]));
      assertThat(then.json()).as(line[0]).isEqualTo(line[2]);
      assertThat(then.address().hex()).as(line[0]).isEqualTo(line[1]);
      assertThat(Digests.sha256(line[2].getBytes(UTF_8))).as(line[0]).isEqualTo(line[1]);
    }
  }

  /** A new version of the numerics changes the addresses of starts. */
  private static Identity ofFirstNumerics(Identity identity) {
    return new Identity(
        identity.json().replace("\"numerics\":" + Numerics.VERSION + ",", "\"numerics\":1,"));
  }

  @Test
  void everyLayerIsAmongThem() {
    Set<Class<?>> layers = new HashSet<>();
    List<Architecture> nets = new ArrayList<>(AppendixE.modules());
    nets.addAll(List.of(PreResNet.depth(8), PlainCnn.of(3, 4, NormLayer.batch()), pooled()));
    nets.forEach(net -> net.nodes().forEach(node -> layers.add(node.layer().getClass())));
    assertThat(layers).containsExactlyInAnyOrder(Layer.class.getPermittedSubclasses());
  }

  @Test
  void noTwoAreTheSame() {
    List<String> addresses =
        identities().values().stream().map(identity -> identity.address().hex()).toList();
    assertThat(addresses).doesNotHaveDuplicates();
  }

  /** Each changes one thing that decides bits; the address must change with it. */
  @Test
  void whateverDecidesBitsChangesTheAddress() {
    Backend backend = TASK.backend();
    List<Task> others =
        List.of(
            TASK.with(PreResNet.of(8, 2)),
            TASK.withData(normalizedOtherwise()),
            TASK.withData(EmbeddedSample.load().first(64, 11)),
            TASK.withBatchSize(8),
            TASK.withSeed(1),
            TASK.withEpsilon(Math.nextUp(TASK.epsilon())),
            TASK.measured(2),
            TASK.watching("stage1.block1.conv1"),
            TASK.on(backend.withThreads(2)),
            TASK.on(backend.in(Precision.FLOAT64)),
            TASK.on(backend.on(EngineName.PYTORCH)),
            TASK.on(new Backend(EngineName.MXNET, "gpu:0", Precision.FLOAT32, 1)));
    Set<String> addresses =
        others.stream()
            .map(other -> Identity.ofStart(other, COMPUTER).address().hex())
            .collect(Collectors.toSet());
    assertThat(addresses)
        .hasSameSizeAs(others)
        .doesNotContain(Identity.ofStart(TASK, COMPUTER).address().hex());
    for (Computer computer :
        List.of(
            new Computer("1.9.2", Optional.empty(), COMPUTER.instructionSet()),
            new Computer(COMPUTER.engineVersion(), Optional.of("Zen"), COMPUTER.instructionSet()),
            new Computer(COMPUTER.engineVersion(), Optional.empty(), "amd64"))) {
      assertThat(Identity.ofStart(TASK, computer).address())
          .isNotEqualTo(Identity.ofStart(TASK, COMPUTER).address());
    }
  }

  private static Identity onGpu(Backend backend, GpuFacts gpu) {
    return Identity.ofStart(
        TASK.on(backend),
        new Computer("2.7.1", Optional.empty(), COMPUTER.instructionSet(), Optional.of(gpu)));
  }

  @Test
  void onAGpuCardSoftwareNumberTypeAndAlgorithmsChangeTheAddress() {
    Backend backend = new Backend(EngineName.PYTORCH, "gpu:0", Precision.FLOAT32, 1);
    GpuFacts card = Gpus.H100;
    NvidiaDriver.Version capability = card.capability();
    List<Identity> all =
        List.of(
            onGpu(backend, card),
            onGpu(backend.in(Precision.TF32), card),
            onGpu(backend.in(Precision.FLOAT64), card),
            onGpu(backend.withAlgorithms(Algorithms.FAST), card),
            onGpu(backend, new GpuFacts("H200", capability, "580.95.05", "12.6", "9.5.1")),
            onGpu(backend, new GpuFacts(card.name(), capability, "570.1", "12.6", "9.5.1")),
            onGpu(backend, new GpuFacts(card.name(), capability, "580.95.05", "12.8", "9.5.1")),
            onGpu(backend, new GpuFacts(card.name(), capability, "580.95.05", "12.6", "9.7.0")));
    assertThat(all.stream().map(Identity::address).distinct()).hasSameSizeAs(all);
    assertThat(onGpu(backend, Gpus.H100)).isEqualTo(all.get(0));
  }

  /** A run may continue on an equal card with another number, in another host. */
  @Test
  void anEqualCardHasTheSameAddressWhateverItsNumberAndHost() {
    Identity here =
        onGpu(new Backend(EngineName.PYTORCH, "gpu:0", Precision.FLOAT32, 1), Gpus.H100);
    Backend other = new Backend(EngineName.PYTORCH, "gpu:3", Precision.FLOAT32, 8);
    Identity there =
        Identity.ofStart(
            TASK.on(other),
            new Computer("2.7.1", Optional.empty(), "AuthenticAMD avx2", Optional.of(Gpus.H100)));
    assertThat(there).isEqualTo(here);
  }

  @Test
  void aGpuIsNamedByModelAndVersions() {
    Backend fast = new Backend(EngineName.PYTORCH, "gpu:0", Precision.TF32, 1, Algorithms.FAST);
    Identity identity = onGpu(fast, Gpus.H100);
    assertThat(identity.json())
        .contains(
            "\"gpu\":{\"algorithms\":\"fast\",\"cuda\":\"12.6\",\"cudnn\":\"9.5.1\",\"driver\":\"580.95.05\",\"model\":\"NVIDIA H100 80GB HBM3\"}",
            "\"number_type\":\"tf32\"");
    assertThat(identity.computedBy())
        .isEqualTo("PyTorch, gpu, tf32, threads 1, NVIDIA H100 80GB HBM3, fast");
    assertThat(identity.threads()).hasValue(1);
    assertThat(Identity.ofStart(TASK, COMPUTER).json()).doesNotContain("gpu", "algorithms");
  }

  @Test
  void whatDecidesNoBitLeavesTheAddress() {
    Dataset renamed =
        new Dataset("renamed", DATA.train(), DATA.test(), DATA.classes(), DATA.normalization());
    Architecture net = TASK.architecture();
    for (Task same :
        List.of(
            TASK.unguarded(),
            TASK.withData(renamed),
            TASK.with(new Architecture("renamed", net.nodes())))) {
      assertThat(Identity.ofStart(same, COMPUTER)).isEqualTo(Identity.ofStart(TASK, COMPUTER));
    }
  }

  @Test
  void valuesThatDifferInTheLastBitMakeAnotherPeriod() {
    Address start = new Address("0".repeat(64));
    Recipe recipe = Recipe.of(0.1, 5e-4, 0.9, 8);
    Identity one = Identity.ofPeriod(start, recipe, MOMENTUM, 0, 4);
    for (Rates other :
        List.of(
            Recipe.of(0.1 * (1 + 1e-15), 5e-4, 0.9, 8),
            Recipe.of(0.1, Math.nextUp(5e-4), 0.9, 8),
            Recipe.of(0.1, 5e-4, Math.nextUp(0.9), 8))) {
      assertThat(Identity.ofPeriod(start, other, MOMENTUM, 0, 4).address())
          .isNotEqualTo(one.address());
    }
    // What comes later does not matter.
    assertThat(Identity.ofPeriod(start, Recipe.of(0.1, 5e-4, 0.9, 4), MOMENTUM, 0, 4))
        .isEqualTo(one);
  }

  @Test
  void optimizersAndWhatTheyAloneReadMakeOtherAddresses() {
    Task task = Tasks.small(EngineName.PYTORCH, Precision.FLOAT32);
    List<Optimizer> optimizers =
        List.of(
            MOMENTUM,
            new Optimizer.DecoupledMomentum(),
            new Optimizer.Nesterov(),
            Optimizer.AdamW.of(0.99, 1e-8),
            Optimizer.AdamW.of(0.99, 1e-7),
            Optimizer.Lion.of(0.99),
            new Optimizer.SignSgd(),
            new Optimizer.Muon(false, 1e-7),
            new Optimizer.Muon(true, 1e-7));
    assertThat(optimizers.stream().map(o -> Identity.ofStart(task.with(o)).address()))
        .doesNotHaveDuplicates();
    Address start = new Address("0".repeat(64));
    Recipe recipe = Recipe.of(0.1, 5e-4, 0.9, 8);
    Optimizer lion = Optimizer.Lion.of(0.99);
    Identity one = Identity.ofPeriod(start, recipe, lion, 0, 4);
    assertThat(Identity.ofPeriod(start, recipe, Optimizer.Lion.of(0.98), 0, 4)).isNotEqualTo(one);
    Rates following =
        new ForwardingRates() {
          @Override
          public Rates rates() {
            return recipe;
          }

          @Override
          public double bufferFactor(long iteration) {
            return 0.99;
          }
        };
    assertThat(Identity.ofPeriod(start, following, lion, 0, 4)).isNotEqualTo(one);
  }

  @Test
  void theThreadsOfAStartAreRead() {
    assertThat(Identity.ofStart(TASK.on(TASK.backend().withThreads(12)), COMPUTER).threads())
        .hasValue(12);
    for (String other : List.of("{}", "[]", "{\"threads\":\"many\"}", "no JSON")) {
      assertThat(new Identity(other).threads()).as(other).isEmpty();
    }
  }

  @Test
  void theTextIsJson() {
    Identity.ofStart(TASK, COMPUTER);
    for (Identity identity : identities().values()) {
      assertThat(JsonParser.parseString(identity.json())).isNotNull();
    }
    assertThatThrownBy(() -> new Address("00")).hasMessageContaining("not 00");
  }
}
