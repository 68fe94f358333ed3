package io.recredit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
          .resideInAnyPackage(
              ROOT + "allocation..", ROOT + "evidence..", "java..", "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule theRulesOfEvidenceUseNothingButJava =
      classes()
          .that()
          .resideInAPackage(ROOT + "evidence..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ROOT + "evidence..", "java..", "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule theBooksUseNothingButTheRules =
      classes()
          .that()
          .resideInAPackage(ROOT + "books..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "books..", ROOT + "allocation..", "java..", "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule thereAreNoCycles =
      slices().matching(ROOT + "(**)").should().beFreeOfCycles();

  /** Each room with those that it uses, from the cellar up. */
  static final Map<String, List<String>> HOUSE = house();

  private static Map<String, List<String>> house() {
    var house = new LinkedHashMap<String, List<String>>();
    house.put("evidence", List.of());
    house.put("allocation", List.of("evidence"));
    house.put("wording", List.of("evidence", "allocation"));
    house.put("settings", List.of("wording"));
    house.put("books", List.of("allocation"));
    house.put("feed", List.of("allocation", "wording"));
    house.put("payout", List.of("allocation", "feed", "wording"));
    house.put("table", List.of("allocation", "wording"));
    house.put("postgres", List.of());
    house.put("database", List.of("wording"));
    house.put("input", List.of("allocation", "wording", "settings", "feed", "postgres"));
    house.put(
        "paid",
        List.of("allocation", "wording", "settings", "feed", "payout", "postgres", "input"));
    house.put("resolution", List.of("allocation", "wording", "table", "postgres", "input"));
    house.put(
        "ledger",
        List.of(
            "evidence",
            "allocation",
            "books",
            "wording",
            "feed",
            "postgres",
            "input",
            "resolution"));
    house.put("proof", List.of("wording", "postgres", "ledger"));
    house.put(
        "run",
        List.of(
            "allocation",
            "wording",
            "settings",
            "feed",
            "payout",
            "paid",
            "postgres",
            "input",
            "ledger",
            "proof"));
    house.put(
        "closing", List.of("allocation", "wording", "settings", "feed", "input", "ledger", "run"));
    house.put("backup", List.of("wording", "settings", "proof", "run"));
    house.put(
        "pruning",
        List.of("evidence", "allocation", "wording", "settings", "input", "ledger", "proof"));
    house.put("erasing", List.of("allocation", "wording", "input", "ledger"));
    house.put(
        "explain",
        List.of("evidence", "allocation", "books", "wording", "feed", "resolution", "ledger"));
    house.put(
        "report.content",
        List.of("evidence", "allocation", "wording", "table", "postgres", "resolution", "run"));
    house.put("report.html", List.of("evidence", "allocation", "wording", "run", "report.content"));
    house.put(
        "report",
        List.of(
            "evidence",
            "allocation",
            "wording",
            "settings",
            "table",
            "postgres",
            "resolution",
            "run",
            "report.content",
            "report.html"));
    house.put(
        "export", List.of("allocation", "wording", "settings", "table", "postgres", "ledger"));
    house.put(
        "status",
        List.of("allocation", "wording", "settings", "feed", "postgres", "input", "ledger"));
    house.put(
        "pull", List.of("allocation", "wording", "settings", "feed", "payout", "ledger", "run"));
    house.put(
        "job",
        List.of(
            "evidence",
            "allocation",
            "wording",
            "settings",
            "feed",
            "input",
            "paid",
            "resolution",
            "ledger",
            "proof",
            "run"));
    house.put("app", List.copyOf(house.keySet()));
    return house;
  }

  @ArchTest
  static void everyRoomUsesThoseBelowItOnly(JavaClasses classes) {
    HOUSE.forEach((room, below) -> roomUses(room, below).check(classes));
  }

  @ArchTest
  static final ArchRule everyClassLivesInARoom =
      classes()
          .should()
          .resideInAnyPackage(
              HOUSE.keySet().stream().map(room -> ROOT + room + "..").toArray(String[]::new));

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

  private static ArchRule roomUses(String room, List<String> below) {
    var allowed = Stream.concat(Stream.of(room), below.stream()).map(name -> ROOT + name).toList();
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
