package io.recredit.pull;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.Printable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** An answer did not come, or says that it will not. */
final class NotHadException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int MOST_CHARACTERS = 500;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final transient @Nullable Integer status;
  private final String withoutContent;

  private NotHadException(String sentence, @Nullable Integer status, String withoutContent) {
    super(sentence);
    this.status = status;
    this.withoutContent = withoutContent;
  }

  /** What Klarna says of an error; the older and the newer API together. */
  private record KlarnaError(
      @Nullable String errorCode,
      @Nullable List<@Nullable String> errorMessages,
      @Nullable List<@Nullable String> errorMessage,
      @Nullable String correlationId) {

    private String messages() {
      return Stream.of(errorMessages, errorMessage)
          .filter(Objects::nonNull)
          .flatMap(List::stream)
          .filter(Objects::nonNull)
          .collect(Collectors.joining("; "));
    }
  }

  /** The connection broke, or never was; or the answer is not what was asked for. */
  static NotHadException broken(String what, KlarnaAccount account) {
    return new NotHadException(safe(account.withoutSecrets(what)), null, text("pull.broken"));
  }

  /** It came, and is not what was asked for. */
  static NotHadException broken(String what) {
    return new NotHadException(safe(what), null, text("pull.broken"));
  }

  /** Klarna answered with an error. */
  static NotHadException refused(int status, byte[] body, KlarnaAccount account, JsonMapper json) {
    var bare = text("pull.refused.bare", status);
    if (status == UNAUTHORIZED) {
      var login = text("pull.refused.login", KlarnaAccount.USERNAME, KlarnaAccount.PASSWORD);
      return new NotHadException(login, status, bare);
    }
    var error = error(body, json);
    if (error == null) {
      return new NotHadException(bare, status, bare);
    }
    var code = Objects.requireNonNullElse(error.errorCode(), "");
    var correlation =
        error.correlationId() == null
            ? ""
            : text("pull.refused.correlation", error.correlationId());
    return new NotHadException(
        safe(account.withoutSecrets(joined(bare, code, error.messages(), correlation))),
        status,
        safe(account.withoutSecrets(joined(bare, code, correlation))));
  }

  private static String joined(String... parts) {
    return Stream.of(parts).filter(part -> !part.isBlank()).collect(Collectors.joining(", "));
  }

  private static @Nullable KlarnaError error(byte[] body, JsonMapper json) {
    try {
      return json.readValue(body, KlarnaError.class);
    } catch (JacksonException e) { // a proxy's page, or nothing at all
      return null;
    }
  }

  private static String safe(String said) {
    var printable = Printable.of(said);
    return printable.length() <= MOST_CHARACTERS
        ? printable
        : printable.substring(0, MOST_CHARACTERS) + "…";
  }

  /** Whether it is worth asking again: too many calls, the server's own fault, a broken line. */
  boolean mayPass() {
    return status == null || status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
  }

  /** Whether whoever asks is not known: nobody else's answer will be another one. */
  boolean isLogin() {
    return status != null && status == UNAUTHORIZED;
  }

  /** Whether Klarna said that it will not be had, which nobody's waiting changes. */
  boolean isAnswer() {
    return !mayPass() && !isLogin();
  }

  /** Status, code and Klarna's name of the call, and nothing that could be of an order. */
  String withoutContent() {
    return withoutContent;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
