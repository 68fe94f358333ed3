package io.recredit.allocation;

/**
 * The part of a refund allocated to one invoice, in minor units.
 *
 * @param creditedAmount at least 1
 * @param returnFeeAmount the fee the shop kept, already taken off the credit; 0 where there is none
 */
public record Credit(Capture capture, long creditedAmount, long returnFeeAmount) {

  public Credit {
    if (creditedAmount < 1 || returnFeeAmount < 0) {
      throw new IllegalArgumentException(
          "a credit is at least 1 and its return fee at least 0, not "
              + creditedAmount
              + " and "
              + returnFeeAmount);
    }
  }
}
