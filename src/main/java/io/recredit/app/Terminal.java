package io.recredit.app;

import java.util.List;

/**
 * What is said to the person who waits: results on standard output, what happens meanwhile on
 * standard error.
 */
final class Terminal {

  private Terminal() {}

  static void say(String sentence) {
    System.out.println(sentence);
  }

  static void say(List<String> lines) {
    lines.forEach(Terminal::say);
  }

  static void complain(String sentence) {
    System.err.println(sentence);
  }
}
