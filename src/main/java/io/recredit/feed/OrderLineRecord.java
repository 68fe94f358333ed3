package io.recredit.feed;

import io.recredit.allocation.OrderLine;
import io.recredit.feed.Fields.Name;
import io.recredit.feed.Fields.Said;
import io.recredit.feed.Fields.Spelling;

/** An order line of a capture or a refund. */
final class OrderLineRecord {

  static final Fields FIELDS = new Fields();

  private static final Name<String> REFERENCE =
      FIELDS.optional("reference", Spelling.of("line_item_reference"), JsonFields::identifier);
  private static final Name<String> TYPE = FIELDS.optional("type", JsonFields::text);
  private static final Name<String> NAME = FIELDS.optional("name", JsonFields::text);
  private static final Name<Long> QUANTITY =
      FIELDS.optional("quantity", (in, name) -> in.wholeNumberIfAny(name, 0));
  private static final Name<Long> UNIT_PRICE =
      FIELDS.optional("unit_price", (in, name) -> in.wholeNumberIfAny(name, Long.MIN_VALUE));
  private static final Name<Long> TAX_RATE =
      FIELDS.optional("tax_rate", (in, name) -> in.wholeNumber(name, 0));
  private static final Name<Long> TOTAL_AMOUNT =
      FIELDS.required("total_amount", Spelling.of("total_line_amount"), JsonFields::anyWholeNumber);
  private static final Name<Long> TOTAL_TAX_AMOUNT =
      FIELDS.optional("total_tax_amount", JsonFields::anyWholeNumber);

  private OrderLineRecord() {}

  static OrderLine of(Said said) {
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
