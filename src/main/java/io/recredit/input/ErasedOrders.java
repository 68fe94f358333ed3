package io.recredit.input;

import io.recredit.feed.Delivered;
import io.recredit.feed.PersonalFields;
import java.util.Set;

/**
 * The orders of which nothing that could be personal is kept, whatever files bring of them later
 * (operation.md, "Erasing").
 *
 * @param ids of the orders
 */
public record ErasedOrders(Set<String> ids) {

  /** Takes the place of a text that is not kept. */
  public static final String ERASED = "Erased.";

  public ErasedOrders {
    ids = Set.copyOf(ids);
  }

  public boolean include(Delivered record) {
    return ids.contains(record.orderId());
  }

  /** The record as it is kept. */
  public Delivered without(Delivered record) {
    return include(record) ? PersonalFields.without(record) : record;
  }

  /** Whether the id of one of them is in a line that could not be read, as it is or quoted. */
  public boolean areIn(String line) {
    return ids.stream().anyMatch(id -> line.contains(id) || line.contains(quoted(id)));
  }

  /** An id as JSON has it, without what stands around it. */
  public static String quoted(String id) {
    var text = new StringBuilder();
    OrderLinesText.quote(id, text);
    return text.substring(1, text.length() - 1);
  }
}
