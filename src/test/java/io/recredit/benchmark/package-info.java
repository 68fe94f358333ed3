/**
 * How fast Recredit is beside what people would write instead, and beside the least that the
 * database must do. {@code ./mvnw -Pbenchmark verify} runs {@link io.recredit.benchmark.Benchmark}.
 */
@NullMarked
package io.recredit.benchmark;

import org.jspecify.annotations.NullMarked;
