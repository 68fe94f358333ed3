package io.recredit.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One way to do the night, as a process on a database of its own.
 *
 * @param database the database that it is given as a copy of, and the name of the copy
 * @param command what to run on a database
 */
record Contender(
    String name, String template, String database, Function<String, List<String>> command) {

  /** A program of the tests' sources, with its options like those of Recredit. */
  static List<String> java(Class<?> program, @Nullable String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx448m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  static List<String> recredit(String... arguments) {
    var command = new ArrayList<>(List.of(Path.of("jobs", "recredit").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    return command;
  }
}
