package io.recredit.explain;

import io.recredit.allocation.Decision.Excepted;
import tools.jackson.databind.json.JsonMapper;

/** What would become of a refund, for machines: one JSON object, amounts in minor units. */
public final class CheckJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CheckJson() {}

  public static String of(CheckedRefund checked) {
    var decision = checked.decided().decision();
    var json = JSON.createObjectNode();
    json.put("order_id", decision.refund().orderId());
    json.put("run_id", checked.order().runId());
    json.put("would_be_allocated", checked.isAllocated());
    StoryJson.decided(checked.decided(), checked.wording(), checked.wording()::advice, json);
    if (!checked.hasId()) {
      json.putNull("refund_id");
    }
    json.put("is_known", checked.isKnown());
    json.put(
        "blocks_later_refunds",
        decision instanceof Excepted excepted && excepted.reason().blocks());
    var blocked = json.putArray("blocked_refund_ids");
    checked.wouldBlock().forEach(blocked::add);
    var voided = json.putArray("contradicted_resolutions");
    checked.wouldVoid().forEach(voided::add);
    json.put("is_resolved", checked.resolution().isPresent());
    var captures = json.putArray("allocated_by_capture_id");
    checked.wouldTakeIt().forEach(capture -> StoryJson.capture(capture, captures.addObject()));
    return JSON.writeValueAsString(json);
  }
}
