package io.recredit.run;

import io.recredit.wording.Wording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * What this program's sentences are made from, as a digest: of the bundle and of the classes of the
 * room that words things. Where it differs from the last run's, what is said of exceptions is said
 * anew; a version's number would miss what changed between two builds of it.
 */
final class WordsOfProgram {

  private static final String CLASSES =
      "classpath:" + Wording.class.getPackageName().replace('.', '/') + "/*.class";

  private WordsOfProgram() {}

  static String digest() {
    var resolver = new PathMatchingResourcePatternResolver(WordsOfProgram.class.getClassLoader());
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      var parts =
          Stream.concat(
              Stream.of(resolver.getResource("classpath:messages.properties")),
              Arrays.stream(resolver.getResources(CLASSES))
                  .sorted(Comparator.comparing(Resource::getFilename)));
      for (var part : parts.toList()) {
        sha256.update(part.getContentAsByteArray());
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
