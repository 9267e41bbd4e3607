package explr.store;

import explr.measurement.Manifest;
import explr.network.Architecture;
import explr.network.NormLayer;
import explr.network.PreResNet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts manifests of version 0.1.0 to this version.
 *
 * <p>Their {@code architecture_graph} was the digest of the text of Java's records. Version 0.1.0
 * wrote manifests only of PreResNets, which the name of the architecture identifies. If the digest
 * of the named network is the one in the manifest, this version's digest replaces it. Any other
 * digest remains, and then differs.
 */
final class EarlierManifest {

  private static final String GRAPH = "architecture_graph";
  private static final String NORMALIZATION = "normalization";

  private static final Pattern PRE_RES_NET =
      Pattern.compile(
          "PreResNet-(\\d{1,4})(?: \\(width (\\d{1,4})\\))?"
              + "(?:, (batch|layer|instance|group \\((\\d{1,4})\\))(, affine)? normalisation)?");

  private static final Pattern CHANNEL =
      Pattern.compile("(\\w+)=Channel\\[mean=([^,]+), standardDeviation=([^]]+)]");

  private EarlierManifest() {}

  /** The same manifest as this version writes it. */
  static Manifest upgraded(Manifest manifest) {
    Map<String, Object> configuration = new LinkedHashMap<>(manifest.configuration());
    network(configuration.get("architecture"))
        .filter(net -> EarlierVersion.networkDigest(net).equals(configuration.get(GRAPH)))
        .ifPresent(net -> configuration.put(GRAPH, Identity.networkDigest(net)));
    if (configuration.get(NORMALIZATION) instanceof String text) {
      configuration.put(NORMALIZATION, normalization(text));
    }
    return manifest.withConfiguration(configuration);
  }

  private static Optional<Architecture> network(Object name) {
    Matcher parts = PRE_RES_NET.matcher(String.valueOf(name));
    if (!parts.matches()) {
      return Optional.empty();
    }
    int width = parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2));
    try {
      return Optional.of(PreResNet.of(Integer.parseInt(parts.group(1)), width, layer(parts)));
    } catch (IllegalArgumentException noSuchNetwork) {
      return Optional.empty();
    }
  }

  private static NormLayer layer(MatchResult parts) {
    String over = parts.group(3) == null ? "batch" : parts.group(3);
    NormLayer plain =
        switch (over) {
          case "batch" -> NormLayer.batch();
          case "layer" -> NormLayer.layer();
          case "instance" -> NormLayer.instance();
          // The pattern allows no other name than that of groups.
          default -> NormLayer.group(Integer.parseInt(parts.group(4)));
        };
    return parts.group(5) == null ? plain : plain.withAffine();
  }

  private static Object normalization(String text) {
    List<MatchResult> channels = CHANNEL.matcher(text).results().toList();
    Map<String, Object> fields = new LinkedHashMap<>();
    for (MatchResult channel : channels) {
      fields.put(
          channel.group(1),
          Map.of(
              "mean",
              Double.parseDouble(channel.group(2)),
              "standard_deviation",
              Double.parseDouble(channel.group(3))));
    }
    return channels.size() == 3 ? fields : text;
  }
}
