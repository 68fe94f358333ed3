package io.recredit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** The rooms of the house, and the arrows between them, which point downward only. */
@AnalyzeClasses(packages = "io.recredit", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.recredit.";

  @ArchTest
  static final ArchRule theRulesOfAllocationUseNothingButJava =
      classes()
          .that()
          .resideInAPackage(ROOT + "allocation..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ROOT + "allocation..", "java..", "org.jspecify.annotations..");

  @ArchTest static final ArchRule theFeedUsesAllocation = roomUses("feed", "allocation");

  @ArchTest static final ArchRule theStoreUsesAllocation = roomUses("store", "allocation");

  @ArchTest
  static final ArchRule theJobUsesAllocationFeedAndStore =
      roomUses("job", "allocation", "feed", "store");

  @ArchTest
  static final ArchRule theReportUsesAllocationAndStore = roomUses("report", "allocation", "store");

  @ArchTest
  static final ArchRule theExportUsesAllocationAndStore = roomUses("export", "allocation", "store");

  @ArchTest
  static final ArchRule explainingUsesAllocationFeedAndStore =
      roomUses("explain", "allocation", "feed", "store");

  @ArchTest static final ArchRule theDatabaseUsesNoOtherRoom = roomUses("database");

  @ArchTest
  static final ArchRule thereAreNoCycles =
      slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyClassLivesInARoom =
      classes()
          .should()
          .resideInAnyPackage(
              Stream.of(
                      "allocation",
                      "feed",
                      "store",
                      "job",
                      "report",
                      "export",
                      "explain",
                      "database",
                      "app")
                  .map(room -> ROOT + room + "..")
                  .toArray(String[]::new));

  @ArchTest
  static final ArchRule nobodyUsesTheOldJackson =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson.databind..");

  /** The database's patience is measured in real time, and the application makes the clock. */
  @ArchTest
  static final ArchRule timeComesFromAClock =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "app..", ROOT + "database..")
          .should()
          .callMethodWhere(asksTheSystemForTheTime());

  private static ArchRule roomUses(String room, String... others) {
    var allowed =
        Stream.concat(Stream.of(room), Arrays.stream(others)).map(name -> ROOT + name).toList();
    DescribedPredicate<JavaClass> otherRoom =
        describe(
            "of a room that is not among " + allowed,
            used ->
                used.getPackageName().startsWith(ROOT)
                    && allowed.stream().noneMatch(used.getPackageName()::equals));
    return noClasses()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .dependOnClassesThat(otherRoom)
        .because("arrows point downward only");
  }

  private static DescribedPredicate<JavaMethodCall> asksTheSystemForTheTime() {
    return describe("asks the system for the time", call -> isOfSystem(call.getTarget()));
  }

  private static boolean isOfSystem(MethodCallTarget method) {
    var owner = method.getOwner();
    return switch (method.getName()) {
      case "now" ->
          owner.getPackageName().equals("java.time") && method.getRawParameterTypes().isEmpty();
      case "systemUTC", "systemDefaultZone" -> owner.isEquivalentTo(java.time.Clock.class);
      default -> false;
    };
  }
}
