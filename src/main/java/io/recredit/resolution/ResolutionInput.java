package io.recredit.resolution;

import io.recredit.input.OwnInput;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Resolutions that somebody asks for, as the input of a run. */
@Component
public class ResolutionInput {

  private final ResolutionCheck check;
  private final Resolutions resolutions;
  private final Clock clock;

  ResolutionInput(ResolutionCheck check, Resolutions resolutions, Clock clock) {
    this.check = check;
    this.resolutions = resolutions;
    this.clock = clock;
  }

  /**
   * All of them or, with a sentence for each that cannot be, none; empty where all of it stands so
   * already.
   *
   * @param problems what is wrong besides; where there are any, nothing is resolved
   */
  public Optional<OwnInput> of(List<AskedResolution> asked, List<String> problems) {
    var checked = check.check(asked, problems);
    return checked.entries().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OwnInput(
                checked.from(),
                checked.to(),
                runId -> resolutions.write(runId, checked.entries(), clock.instant())));
  }
}
