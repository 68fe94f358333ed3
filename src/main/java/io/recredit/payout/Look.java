package io.recredit.payout;

/** What a file was found to be. */
public sealed interface Look permits SettlementReport, NoReport {}
