package io.recredit.payout;

/** What a file was found to be. */
public sealed interface Look permits SettlementReport, NoReport {

  /** SHA-256 of the bytes on disk, of a packed file the packed ones, in lower-case hex. */
  String sha256();
}
