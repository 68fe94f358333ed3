package io.recredit.evidence;

import java.time.Instant;

/**
 * The place of a refund in Klarna's record, and how it is known.
 *
 * @param readAt of the snapshot that it was found in
 */
public record KnownPlace(Place place, Certainty certainty, Instant readAt, FoundBy by) {}
