package io.recredit.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** The steps that share the work of another: their names end in their numbers, {@code decide:3}. */
final class NumberedSteps {

  private NumberedSteps() {}

  /** They keep nothing in their contexts: progress is kept with the data. */
  static Map<String, ExecutionContext> partition(long steps) {
    var contexts = new LinkedHashMap<String, ExecutionContext>();
    for (var number = 1; number <= steps; number++) {
      contexts.put(String.valueOf(number), new ExecutionContext());
    }
    return contexts;
  }

  static long number(StepExecution step) {
    return Long.parseLong(step.getStepName().substring(colon(step) + 1));
  }

  /** The name without the number. */
  static String name(StepExecution step) {
    return step.getStepName().substring(0, colon(step));
  }

  private static int colon(StepExecution step) {
    return step.getStepName().lastIndexOf(':');
  }
}
