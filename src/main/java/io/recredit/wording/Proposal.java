package io.recredit.wording;

/**
 * A resolution that would be accepted as it stands, where what is known leaves exactly one.
 *
 * @param resolveAs as it is written in the workbook's column {@code resolve_as}
 * @param why the sentence that says what leaves it
 */
public record Proposal(String resolveAs, String why) {}
