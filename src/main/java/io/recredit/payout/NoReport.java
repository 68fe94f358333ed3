package io.recredit.payout;

/**
 * Something else than a settlement report, such as the PDF beside it: to be passed over.
 *
 * @param sentence names the file and what it is
 */
public record NoReport(String sentence, String sha256) implements Look {}
