/**
 * An accountant's decision about an exception, from where it is written to its table:
 *
 * <ol>
 *   <li>{@link io.recredit.resolution.ExceptionSheet}, or the command line: what somebody wrote, of
 *       which {@link io.recredit.resolution.ResolveAs} is the decision itself;
 *   <li>{@link io.recredit.resolution.ResolutionRequest}: one that is asked for;
 *   <li>{@code CheckedResolution}: one that can be made, its captures by id, its amounts in minor
 *       units;
 *   <li>{@link io.recredit.resolution.Resolutions}: the table, from which the rules get what holds
 *       ({@link io.recredit.allocation.Resolution}), and people what was ever decided ({@link
 *       io.recredit.resolution.ShownResolution}).
 * </ol>
 */
@NullMarked
package io.recredit.resolution;

import org.jspecify.annotations.NullMarked;
