package io.recredit.input;

import io.recredit.allocation.Capture;
import io.recredit.allocation.Refund;
import io.recredit.allocation.Release;
import io.recredit.postgres.CopyBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of one file as {@link InputTable}'s columns in the form that COPY takes, which is the
 * smallest they have in memory, and can be made beside the thread that writes. Not for several
 * threads at once.
 */
public final class InputRecords {

  private static final int FIRST_BYTES = 1 << 16;

  private final LocalDate fileDate;
  private final List<String> ids = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private final CopyBuffer values = new CopyBuffer(FIRST_BYTES);

  public InputRecords(LocalDate fileDate) {
    this.fileDate = fileDate;
  }

  /**
   * Adds a record.
   *
   * @param record a Capture, Refund or Release of the domain
   */
  public void add(long lineNumber, Object record) {
    if (record instanceof Capture capture) {
      begin(capture.captureId(), lineNumber);
      write(capture);
    } else if (record instanceof Refund refund) {
      begin(refund.refundId(), lineNumber);
      write(refund);
    } else {
      var release = (Release) record;
      begin(release.orderId(), lineNumber);
      values.time(release.releasedAt());
    }
    ends.add(values.used());
  }

  public int size() {
    return ids.size();
  }

  public String id(int index) {
    return ids.get(index);
  }

  void writeTo(CopyBuffer row, int index) {
    row.values(values.bytes(), index == 0 ? 0 : ends.get(index - 1), ends.get(index));
  }

  private void begin(String id, long lineNumber) {
    ids.add(id);
    values.text(id);
    values.date(fileDate);
    values.bigint(lineNumber);
  }

  private void write(Capture capture) {
    values.text(capture.orderId());
    values.bigint(capture.capturedAmount());
    values.time(capture.capturedAt());
    values.text(capture.purchaseCountry());
    values.text(capture.purchaseCurrency());
    values.bigint(capture.orderAmount());
    values.text(capture.klarnaReference());
    values.text(capture.reference());
    values.text(null);
    values.text(null);
    values.text(OrderLinesText.of(capture.orderLines()));
  }

  private void write(Refund refund) {
    values.text(refund.orderId());
    values.bigint(refund.refundedAmount());
    values.time(refund.refundedAt());
    values.text(refund.purchaseCurrency());
    values.text(refund.captureId());
    values.text(refund.reference());
    values.text(refund.description());
    values.text(refund.idempotencyKey());
    values.text(null);
    values.text(null);
    values.text(OrderLinesText.of(refund.orderLines()));
  }
}
