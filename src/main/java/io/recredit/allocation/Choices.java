package io.recredit.allocation;

import static io.recredit.allocation.Phrases.capitalized;
import static io.recredit.allocation.Phrases.capture;
import static io.recredit.allocation.Phrases.line;
import static io.recredit.allocation.Phrases.listed;
import static io.recredit.allocation.Phrases.money;
import static io.recredit.allocation.Phrases.quoted;

import io.recredit.allocation.Finding.Candidate;
import io.recredit.allocation.Policies.Spanning;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * The sentences of SPEC steps 13 and 14: which captures could take the refund or a line, and why it
 * is this one.
 */
final class Choices {

  private Choices() {}

  static String covering(OrderAt at, List<CaptureAccount> covering) {
    var references = Compared.references(at);
    var carried =
        references.size() == 1
            ? "the refund's reference " + quoted(references.get(0))
            : "all references of the refund (%s)".formatted(listed(references, Phrases::quoted));
    return capitalized("%s %s.".formatted(carrying(covering.size()), carried));
  }

  private static String carrying(int captures) {
    return switch (captures) {
      case 0 -> "no capture carries";
      case 1 -> "one capture carries";
      default -> captures + " captures carry";
    };
  }

  /** A capture that carries all references of the refund. */
  static Candidate forTheRefund(
      OrderAt at,
      CaptureAccount account,
      Map<String, BigInteger> broughtByReference,
      boolean hasRoom,
      boolean fits) {
    var lines =
        listed(
            List.copyOf(broughtByReference.entrySet()),
            brought ->
                uncredited(
                    at,
                    brought.getKey(),
                    account.uncredited(brought.getKey()),
                    brought.getValue()));
    return candidate(
        account,
        account.room(),
        hasRoom,
        fits,
        "%s left, %s; %s"
            .formatted(money(at, account.room()), hasRoom ? "enough" : "not enough", lines));
  }

  /** Step 14's order of the lines, or that it must not be gone. */
  static String spanning(Spanning policy) {
    return policy == Spanning.REJECT
        ? "The policy spanning = reject forbids to split the refund."
        : "Each line goes to a capture that carries its reference: positive lines first, and of those the ones that the fewest captures carry.";
  }

  static String carrying(OrderAt at, OrderLine line, List<CaptureAccount> carrying) {
    return "%s: %s its reference %s."
        .formatted(
            capitalized(line(at, line)),
            carrying(carrying.size()),
            quoted(String.valueOf(line.reference())));
  }

  /**
   * A capture that carries a line's reference.
   *
   * @param net what this refund put there before
   */
  static Candidate forTheLine(
      OrderAt at,
      CaptureAccount account,
      OrderLine line,
      long net,
      BigInteger alreadyTaken,
      boolean canTakeIt,
      boolean fits) {
    var amount = line.totalAmount();
    var reference = String.valueOf(line.reference());
    var lines =
        uncredited(
            at,
            reference,
            account.uncredited(reference).subtract(alreadyTaken),
            BigInteger.valueOf(amount));
    var room = account.room() - net;
    return candidate(
        account,
        room,
        canTakeIt,
        fits,
        amount > 0
            ? "%s left, %s; %s"
                .formatted(money(at, room), canTakeIt ? "enough" : "not enough", lines)
            : "with it this refund would bring %s there, %s; %s"
                .formatted(
                    money(at, BigInteger.valueOf(net).add(BigInteger.valueOf(amount))),
                    canTakeIt ? "not below 0" : "which must not be below 0",
                    lines));
  }

  private static String uncredited(
      OrderAt at, String reference, BigInteger uncredited, BigInteger brought) {
    return "of %s %s uncredited, %s refunded"
        .formatted(quoted(reference), money(at, uncredited), money(at, brought));
  }

  private static Candidate candidate(
      CaptureAccount account, long room, boolean canTakeIt, boolean fits, String compared) {
    return new Candidate(
        account.capture(),
        room,
        canTakeIt,
        fits,
        "%s: %s: %s on the lines."
            .formatted(
                capitalized(capture(account.capture())), compared, fits ? "fits" : "does not fit"));
  }

  /**
   * Why it is this capture.
   *
   * @param carrying how many carry the references
   * @param fits whether it fits on the chosen one's lines
   */
  static String chosen(CaptureAccount chosen, int carrying, boolean fits) {
    var why =
        carrying == 1
            ? "no other carries what is refunded"
            : fits
                ? "the oldest of those that can take it and where it fits on the lines"
                : "it fits on the lines of none that can take it, and this is the oldest of them";
    return "It goes to %s: %s.".formatted(capture(chosen.capture()), why);
  }
}
