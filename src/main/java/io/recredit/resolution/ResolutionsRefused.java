package io.recredit.resolution;

import static io.recredit.wording.Messages.text;

import io.recredit.wording.UserException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Some of what was asked for cannot be, as the run found out, and so none of it was done. */
public final class ResolutionsRefused extends UserException {

  private static final long serialVersionUID = 1L;

  private final transient List<Refusal> refusals;

  public ResolutionsRefused(List<Refusal> refusals) {
    super(said(refusals.stream().map(Refusal::sentence)));
    this.refusals = List.copyOf(refusals);
  }

  List<Refusal> refusals() {
    return refusals;
  }

  /** A sentence for each, and that nothing was done. */
  static String said(Stream<String> sentences) {
    return sentences.collect(Collectors.joining("\n")) + "\n" + text("resolution.none");
  }
}
