package io.recredit.resolution;

/** Why something that was asked for cannot be: a sentence about a refund. */
public record Refusal(String refundId, String sentence) {}
