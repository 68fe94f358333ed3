package io.recredit.feed;

import io.recredit.allocation.OrderLine;
import io.recredit.feed.Fields.Name;
import io.recredit.feed.Fields.Said;

/** An order line of a capture or a refund. */
final class OrderLineRecord {

  static final Fields FIELDS = new Fields();

  private static final Name<String> REFERENCE =
      FIELDS.add("reference", "line_item_reference", JsonFields::identifier);
  private static final Name<String> TYPE = FIELDS.add("type", JsonFields::text);
  private static final Name<String> NAME = FIELDS.add("name", JsonFields::text);
  private static final Name<Long> QUANTITY =
      FIELDS.add("quantity", (in, name) -> in.wholeNumber(name, 0));
  private static final Name<Long> UNIT_PRICE = FIELDS.add("unit_price", JsonFields::anyWholeNumber);
  private static final Name<Long> TAX_RATE = FIELDS.add("tax_rate", JsonFields::anyWholeNumber);
  private static final Name<Long> TOTAL_AMOUNT =
      FIELDS.add("total_amount", "total_line_amount", JsonFields::anyWholeNumber);
  private static final Name<Long> TOTAL_TAX_AMOUNT =
      FIELDS.add("total_tax_amount", JsonFields::anyWholeNumber);

  private OrderLineRecord() {}

  static OrderLine of(Said said) throws BadRecordException {
    return new OrderLine(
        said.orNull(REFERENCE),
        said.orNull(TYPE),
        said.orNull(NAME),
        said.orNull(QUANTITY),
        said.orNull(UNIT_PRICE),
        said.orNull(TAX_RATE),
        said.required(TOTAL_AMOUNT),
        said.orNull(TOTAL_TAX_AMOUNT));
  }
}
