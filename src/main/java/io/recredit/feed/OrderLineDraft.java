package io.recredit.feed;

import io.recredit.allocation.OrderLine;

/** An order line of a capture or a refund. */
final class OrderLineDraft implements Draft<OrderLine> {

  private Field<String> reference = Field.absent();
  private Field<String> lineItemReference = Field.absent();
  private Field<String> type = Field.absent();
  private Field<String> name = Field.absent();
  private Field<Long> quantity = Field.absent();
  private Field<Long> unitPrice = Field.absent();
  private Field<Long> taxRate = Field.absent();
  private Field<Long> totalAmount = Field.absent();
  private Field<Long> totalLineAmount = Field.absent();
  private Field<Long> totalTaxAmount = Field.absent();

  @Override
  public void take(String field, JsonFields in) {
    switch (field) {
      case "reference" -> reference = in.identifier(field);
      case "line_item_reference" -> lineItemReference = in.identifier(field);
      case "type" -> type = in.text(field);
      case "name" -> name = in.text(field);
      case "quantity" -> quantity = in.wholeNumber(field, 0);
      case "unit_price" -> unitPrice = in.wholeNumber(field, Long.MIN_VALUE);
      case "tax_rate" -> taxRate = in.wholeNumber(field, Long.MIN_VALUE);
      case "total_amount" -> totalAmount = in.wholeNumber(field, Long.MIN_VALUE);
      case "total_line_amount" -> totalLineAmount = in.wholeNumber(field, Long.MIN_VALUE);
      case "total_tax_amount" -> totalTaxAmount = in.wholeNumber(field, Long.MIN_VALUE);
      default -> in.skip();
    }
  }

  @Override
  public OrderLine finish() throws BadRecordException {
    return new OrderLine(
        reference.or(lineItemReference).orNull(),
        type.orNull(),
        name.orNull(),
        quantity.orNull(),
        unitPrice.orNull(),
        taxRate.orNull(),
        totalAmount.or(totalLineAmount).required("total_amount"),
        totalTaxAmount.orNull());
  }
}
