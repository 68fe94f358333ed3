package io.recredit.app;

import io.recredit.wording.Printable;
import java.util.List;

/**
 * What is said to the person who waits: results on standard output, what happens meanwhile on
 * standard error. Nothing that an input holds steers the terminal.
 */
final class Terminal {

  private Terminal() {}

  /**
   * Whether a person looks on. From Java 22 on there is a console in any case, unless the old one
   * is asked for.
   */
  @SuppressWarnings("SystemConsoleNull")
  static boolean isWatched() {
    System.setProperty("jdk.console", "java.base");
    return System.console() != null;
  }

  static void say(String sentence) {
    System.out.println(Printable.lines(sentence));
  }

  static void say(List<String> lines) {
    lines.forEach(Terminal::say);
  }

  static void complain(String sentence) {
    System.err.println(Printable.lines(sentence));
  }
}
