package io.recredit.wording;

import org.jspecify.annotations.Nullable;

/**
 * What to do about an exception.
 *
 * @param sentence with what waits for it, and what is proposed
 * @param proposal where what is known leaves one thing to do; else null
 */
public record Suggested(String sentence, @Nullable Proposal proposal) {}
