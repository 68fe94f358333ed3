package io.recredit.pull;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of Klarna, beside what earlier pulls could not have.
 *
 * @param orderIds orders whose documents are wanted
 * @param payoutsFrom since when the payouts, with the documents of all orders in them; null for
 *     {@code sinceLast}
 * @param sinceLast whether the payouts since the last pull are wanted
 * @param open whether all orders with open exceptions or contradicted decisions are
 * @param input the folder of the files
 */
public record PullRequest(
    List<String> orderIds,
    @Nullable LocalDate payoutsFrom,
    boolean sinceLast,
    boolean open,
    Path input) {

  public PullRequest {
    orderIds = List.copyOf(orderIds);
  }
}
