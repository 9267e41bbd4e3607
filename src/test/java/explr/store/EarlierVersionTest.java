package explr.store;

import static org.assertj.core.api.Assertions.assertThat;

import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.data.Normalization;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.file.Resource;
import explr.measurement.Manifest;
import explr.network.AppendixE;
import explr.network.Architecture;
import explr.network.FullyConnected;
import explr.network.NormLayer;
import explr.network.PlainCnn;
import explr.network.PreResNet;
import explr.network.ResNet;
import explr.schedule.Rates;
import explr.training.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What version 0.1.0 (commit da0d225) computed, by a program of a few lines that printed its {@code
 * Manifests.configuration(…).get("architecture_graph")} and {@code Lineage.of(…)} for the networks,
 * tasks and rates below.
 */
class EarlierVersionTest {

  /** Name and digest of each network, a line each. */
  private static final Map<String, String> DIGESTS =
      Resource.text(EarlierVersionTest.class, "networks-of-0.1.0.txt")
          .lines()
          .map(line -> line.split("\\|"))
          .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));

  private static List<Architecture> networks() {
    List<Architecture> nets = new ArrayList<>(AppendixE.modules());
    for (NormLayer layer :
        List.of(
            NormLayer.batch(),
            NormLayer.group(4).withAffine(),
            NormLayer.layer(),
            NormLayer.instance().withAffine())) {
      nets.add(AppendixE.plain(layer));
      nets.add(AppendixE.resNet(layer));
      nets.add(AppendixE.preResNet(layer));
      nets.add(AppendixE.biased(layer));
      nets.add(AppendixE.affineEnd(layer));
      nets.add(AppendixE.usualStart(layer));
    }
    nets.add(PreResNet.depth(32));
    nets.add(PreResNet.depth(20));
    nets.add(PreResNet.of(8, 2, NormLayer.group(4).withAffine()));
    nets.add(ResNet.of(14, 1, NormLayer.batch()));
    nets.add(PlainCnn.of(3, 8, NormLayer.batch()));
    nets.add(FullyConnected.of(2, 16, NormLayer.layer()));
    return nets;
  }

  @Test
  void networksHaveTheDigestsThatManifestsHold() {
    List<Architecture> networks = networks();
    assertThat(networks).hasSameSizeAs(DIGESTS.entrySet());
    for (Architecture net : networks) {
      assertThat(EarlierVersion.networkDigest(net))
          .as(net.name())
          .isEqualTo(DIGESTS.get(net.name()));
    }
  }

  @Test
  void theRecordedManifestsNetworksAreAmongThem() throws Exception {
    try (Stream<Path> files = Files.walk(Path.of("notebooks/recorded"))) {
      List<Path> manifests = files.filter(file -> file.endsWith("manifest.json")).toList();
      assertThat(manifests).hasSizeGreaterThan(10);
      for (Path file : manifests) {
        Map<String, Object> written = Manifest.read(file).configuration();
        Object name = written.get("architecture");
        assertThat(written.get("architecture_graph"))
            .as(file.toString())
            .isIn(DIGESTS.get(name), newDigest(name));
        assertThat(Manifests.read(file).configuration().get("architecture_graph"))
            .isEqualTo(newDigest(name));
      }
    }
  }

  private static String newDigest(Object name) {
    return Identity.networkDigest(
        networks().stream().filter(net -> net.name().equals(name)).findFirst().orElseThrow());
  }

  private static final Computer COMPUTER =
      new Computer("1.9.1-20220812", Optional.empty(), "amd64 GenuineIntel avx2 fma");

  private static final Dataset DATA = EmbeddedSample.load().first(64, 10);

  private static final Task TASK =
      Task.of(PreResNet.depth(8), DATA)
          .withBatchSize(16)
          .withSeed(7)
          .on(new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 1));

  private static Dataset normalizedOtherwise() {
    Normalization.Channel plain = new Normalization.Channel(0.5, 0.25);
    Normalization other = new Normalization(plain, new Normalization.Channel(1.0 / 3, 1e-3), plain);
    return new Dataset("other", DATA.train(), DATA.test(), DATA.classes(), other);
  }

  @Test
  void startsHaveTheAddressesThatItsStoresAreMadeOf() {
    assertThat(EarlierVersion.start(TASK, COMPUTER).hex())
        .isEqualTo("02eb70c43ae2f25c5b50c51d1642356c4af740d6e699529671ce4b7db70bbfad");
    assertThat(
            EarlierVersion.start(
                    TASK.measured(2)
                        .withEpsilon(2e-3)
                        .on(new Backend(EngineName.MXNET, "cpu", Precision.FLOAT64, 2)),
                    new Computer(
                        "1.9.1-20220812", Optional.of("SkylakeX"), "amd64 GenuineIntel avx2 fma"))
                .hex())
        .isEqualTo("372eef8528d292141d5c32cb348c779aa578a005c2077f7f7573798d88540466");
    assertThat(
            EarlierVersion.start(
                    TASK.with(PreResNet.of(8, 1, NormLayer.group(4).withAffine()))
                        .withSeed(Long.MIN_VALUE)
                        .on(new Backend(EngineName.PYTORCH, "cpu", Precision.FLOAT64, 4)),
                    new Computer("2.7.1-20250812", Optional.empty(), "amd64 GenuineIntel avx2 fma"))
                .hex())
        .isEqualTo("58fcdf7f6daf0569ef118db70f127fa1814a9f15379f0850132bda0b89ce1dd1");
    assertThat(EarlierVersion.start(TASK.withData(normalizedOtherwise()), COMPUTER).hex())
        .isEqualTo("c6a58c69338eb749ce5ed0c9e443fd815fdd373893a5a90dd09e3f8e2dde85c4");
  }

  @Test
  void itsBitsOnAGpuAreNotThoseOfThisVersion() {
    assertThat(EarlierVersion.hasTheBitsOf(TASK)).isEqualTo(Numerics.VERSION == 1);
    Task onGpu = TASK.on(new Backend(EngineName.PYTORCH, "gpu:0", Precision.FLOAT32, 1));
    assertThat(EarlierVersion.hasTheBitsOf(onGpu)).isFalse();
  }

  @Test
  void periodsHaveTheAddressesThatItsStoresAreMadeOf() {
    Rates rates = new GivenRates();
    Address first = EarlierVersion.period(new Address("0".repeat(64)), rates, 0, 4);
    assertThat(first.hex())
        .isEqualTo("229d82b4e1a187ea8392477e813c5ff1c6f72938e577a85dcb123a819c1f36ed");
    assertThat(EarlierVersion.period(first, rates, 4, 8).hex())
        .isEqualTo("ace4b050038aa44d8045fcb086340941bc930d23105579510b820b8facfda2a2");
  }
}
