package io.recredit.pull;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which API is asked, and as whom. It comes from the environment alone, and says nothing of its
 * secrets to whoever prints it.
 *
 * @param url of the host, such as https://api.klarna.com; Kustom's differ in name only
 */
public record KlarnaAccount(URI url, String username, String password) {

  static final String URL = "RECREDIT_KLARNA_URL";
  static final String USERNAME = "RECREDIT_KLARNA_USERNAME";
  static final String PASSWORD = "RECREDIT_KLARNA_PASSWORD";

  private static final String HIDDEN = "***";

  /** {@link UserException} where the variables do not say it all, or not in a safe way. */
  public static KlarnaAccount given(Map<String, String> environment) {
    var missing =
        Stream.of(URL, USERNAME, PASSWORD)
            .filter(name -> value(environment, name).isBlank())
            .toList();
    if (!missing.isEmpty()) {
      throw new UserException(text("pull.account.missing", String.join(", ", missing), URL));
    }
    return new KlarnaAccount(
        url(value(environment, URL)), value(environment, USERNAME), value(environment, PASSWORD));
  }

  private static String value(Map<String, String> environment, String variable) {
    return environment.getOrDefault(variable, "");
  }

  private static URI url(String value) {
    try {
      var url = new URI(value.strip().replaceAll("/+$", ""));
      if (url.getHost() != null
          && url.getUserInfo() == null
          && url.getQuery() == null
          && url.getFragment() == null
          && ("https".equals(url.getScheme())
              || ("http".equals(url.getScheme()) && isThisMachine(url.getHost())))) {
        return url;
      }
    } catch (URISyntaxException e) {
      // said below, without what was given: somebody may have written a password into it
    }
    throw new UserException(text("pull.account.url", URL));
  }

  /** To it alone a password may go in the clear: for trying things out. */
  private static boolean isThisMachine(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** A text that came from elsewhere, without the secrets, should they be in it. */
  String withoutSecrets(String text) {
    var basic =
        Base64.getEncoder()
            .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    return text.replace(basic, HIDDEN).replace(password, HIDDEN).replace(username, HIDDEN);
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
