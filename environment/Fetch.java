import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Fetches files of Maven Central and checks them. The set-up needs it before it has Maven, and needs
 * no other program than the JDK.
 *
 * <pre>java Fetch.java (PATH HASH FILE)...</pre>
 *
 * <p>PATH is the file's path in the repository, HASH its SHA-256 or SHA-512. FILE is written whole or
 * not at all, and left alone where it already has the hash. A file of Maven's own repository on this
 * machine is copied; any other comes from the first of
 *
 * <ol>
 *   <li>the URL in the variable EXPLR_MAVEN_CENTRAL, which may contain {@code user:password@}
 *   <li>the mirror of Central in the user's settings.xml of Maven
 *   <li>Maven Central
 * </ol>
 *
 * through the proxy of settings.xml, else of the variable https_proxy.
 */
class Fetch {

  private static final String CENTRAL = "https://repo.maven.apache.org/maven2";
  private static final int ATTEMPTS = 3;
  private static final int MILLISECONDS = 30_000;

  public static void main(String[] arguments) {
    try {
      Settings settings = Settings.read(Path.of(System.getProperty("user.home"), ".m2"));
      Map<String, String> variables = System.getenv();
      settings.useProxy(variables);
      Fetch fetch = new Fetch(settings.repository(), settings.central(variables));
      for (int i = 0; i + 2 < arguments.length; i += 3) {
        fetch.file(arguments[i], arguments[i + 1], Path.of(arguments[i + 2]).toAbsolutePath());
      }
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("explr: " + e.getMessage());
      System.exit(1);
    }
  }

  private final Path repository;
  private final URI central;

  private Fetch(Path repository, URI central) {
    this.repository = repository;
    this.central = central;
  }

  private void file(String path, String hash, Path file) throws IOException {
    if (Files.isRegularFile(file) && hash(Files.newInputStream(file), null, hash).equals(hash)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Path aside = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
    try {
      if (!copied(repository.resolve(path), hash, aside)) {
        download(path, hash, aside, file);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static boolean copied(Path local, String hash, Path to) throws IOException {
    return Files.isRegularFile(local) && hash(Files.newInputStream(local), to, hash).equals(hash);
  }

  private void download(String path, String hash, Path to, Path file) throws IOException {
    String actual;
    try {
      actual = download(path, hash, to);
    } catch (IOException e) {
      throw new IOException(
          "%s could not be fetched from %s (%s); check the network, or set EXPLR_MAVEN_CENTRAL to the URL of a mirror of Maven Central"
              .formatted(file.getFileName(), shown(path), reason(e)),
          e);
    }
    if (!actual.equals(hash)) {
      throw new IOException(
          "%s is not the file that was expected: its hash is %s, not %s; run the command again, and if the hash stays wrong, do not trust that source"
              .formatted(shown(path), actual, hash));
    }
  }

  private String download(String path, String hash, Path to) throws IOException {
    URL url = URI.create(central + "/" + path).toURL();
    for (int attempt = 1; ; attempt++) {
      try {
        URLConnection connection = url.openConnection();
        connection.setConnectTimeout(MILLISECONDS);
        connection.setReadTimeout(MILLISECONDS);
        if (central.getUserInfo() != null) {
          String login = Base64.getEncoder().encodeToString(central.getUserInfo().getBytes(UTF_8));
          connection.setRequestProperty("Authorization", "Basic " + login);
        }
        return hash(connection.getInputStream(), to, hash);
      } catch (java.io.FileNotFoundException e) {
        throw e;
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Without a password. */
  private String shown(String path) {
    String base = central.toString();
    String user = central.getRawUserInfo();
    return (user == null ? base : base.replace(user + "@", "")) + "/" + path;
  }

  private static String reason(IOException e) {
    if (e instanceof java.io.FileNotFoundException) {
      return "not found there";
    }
    if (e instanceof java.net.UnknownHostException) {
      return "unknown host " + e.getMessage();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /**
   * Reads a stream to its end.
   *
   * @param to where the bytes are written, or null
   * @param like a hash of the kind to compute, by its length
   */
  private static String hash(InputStream in, Path to, String like) throws IOException {
    try (DigestInputStream bytes = new DigestInputStream(in, digest(like))) {
      if (to == null) {
        byte[] buffer = new byte[1 << 16];
        while (bytes.read(buffer) >= 0) {}
      } else {
        Files.copy(bytes, to, StandardCopyOption.REPLACE_EXISTING);
      }
      return HexFormat.of().formatHex(bytes.getMessageDigest().digest());
    }
  }

  private static MessageDigest digest(String like) {
    try {
      return MessageDigest.getInstance(like.length() == 128 ? "SHA-512" : "SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * What Maven's settings.xml of the user says of repositories and proxies.
   *
   * @param repository Maven's repository on this machine
   * @param mirror the URL of a mirror of Central
   * @param proxy the proxy that is active
   */
  private record Settings(Path repository, Optional<URI> mirror, Optional<Element> proxy) {

    static Settings read(Path folder) throws IOException {
      Path file = folder.resolve("settings.xml");
      Path usual = folder.resolve("repository");
      if (!Files.isRegularFile(file)) {
        return new Settings(usual, Optional.empty(), Optional.empty());
      }
      Element root = parse(file).getDocumentElement();
      return new Settings(
          text(root, "localRepository").map(Path::of).orElse(usual),
          elements(root, "mirrors", "mirror")
              .filter(mirror -> text(mirror, "mirrorOf").filter(Settings::ofCentral).isPresent())
              .findFirst()
              .flatMap(mirror -> text(mirror, "url"))
              .map(URI::create),
          elements(root, "proxies", "proxy")
              .filter(proxy -> !text(proxy, "active").equals(Optional.of("false")))
              .findFirst());
    }

    /** Maven's rule: names separated by commas, * for all, external:* for all but this machine's. */
    private static boolean ofCentral(String mirrorOf) {
      List<String> names = Stream.of(mirrorOf.split(",")).map(String::strip).toList();
      return !names.contains("!central")
          && Stream.of("*", "central", "external:*").anyMatch(names::contains);
    }

    URI central(Map<String, String> variables) {
      URI url =
          Optional.ofNullable(variables.get("EXPLR_MAVEN_CENTRAL"))
              .filter(value -> !value.isBlank())
              .map(URI::create)
              .or(() -> mirror)
              .orElse(URI.create(CENTRAL));
      return URI.create(url.toString().replaceAll("/+$", ""));
    }

    void useProxy(Map<String, String> variables) {
      String https = variables.getOrDefault("https_proxy", variables.get("HTTPS_PROXY"));
      if (proxy.isPresent()) {
        setProxy(text(proxy.get(), "host").orElse(""), text(proxy.get(), "port").orElse("8080"));
        text(proxy.get(), "nonProxyHosts")
            .ifPresent(hosts -> System.setProperty("http.nonProxyHosts", hosts));
      } else if (https != null && !https.isBlank() && System.getProperty("https.proxyHost") == null) {
        URI address = URI.create(https.contains("://") ? https : "http://" + https);
        setProxy(address.getHost(), address.getPort() < 0 ? "8080" : "" + address.getPort());
      }
    }

    private static void setProxy(String host, String port) {
      for (String scheme : List.of("http", "https")) {
        System.setProperty(scheme + ".proxyHost", host);
        System.setProperty(scheme + ".proxyPort", port);
      }
    }

    private static Document parse(Path file) throws IOException {
      try {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(file.toFile());
      } catch (SAXException | ParserConfigurationException e) {
        throw new IOException(file + " is not well-formed XML: " + e.getMessage(), e);
      }
    }

    private static Stream<Element> elements(Element parent, String group, String name) {
      return children(parent, group).flatMap(each -> children(each, name));
    }

    private static Optional<String> text(Element parent, String name) {
      return children(parent, name)
          .map(Node::getTextContent)
          .map(String::strip)
          .filter(text -> !text.isEmpty())
          .findFirst();
    }

    private static Stream<Element> children(Element parent, String name) {
      NodeList nodes = parent.getChildNodes();
      return IntStream.range(0, nodes.getLength())
          .mapToObj(nodes::item)
          .filter(node -> node.getNodeName().equals(name))
          .map(Element.class::cast);
    }
  }
}
