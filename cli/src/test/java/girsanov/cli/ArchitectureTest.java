package girsanov.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house as design and contributing guide describe it, held against what was built. */
class ArchitectureTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path GOLDEN = ROOT.resolve("docs/architecture.txt");
  private static final List<String> MODULES =
      List.of("tensor", "autodiff", "sde", "models", "readers", "cli");
  private static final int MOST_LINES = 400;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importLocations(
              MODULES.stream()
                  .map(module -> reference(module).location().orElseThrow())
                  .map(Location::of)
                  .toList());

  @Test
  void modulesMatchTheGoldenText() throws IOException {
    String actual =
        MODULES.stream()
            .map(module -> describeModule(reference(module).descriptor()))
            .collect(joining("\n"));
    Files.writeString(Path.of("target/architecture.txt"), actual);
    assertEquals(
        Files.readString(GOLDEN),
        actual,
        "The modules differ from docs/architecture.txt. If that is meant: cp"
            + " cli/target/architecture.txt docs/");
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("girsanov.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheCommandPrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("girsanov.cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  /** What is final cannot be extended, so no class here extends another. */
  @Test
  void typesAreAbstractOrFinal() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() throws IOException {
    List<Path> packages =
        mainFiles().stream()
            .map(Path::getParent)
            .filter(p -> !p.endsWith("java"))
            .distinct()
            .toList();
    assertAll(
        packages.stream()
            .map(directory -> directory.resolve("package-info.java"))
            .map(
                info ->
                    () ->
                        assertTrue(
                            Files.exists(info) && Files.readString(info).contains("@NullMarked"),
                            () -> "Expected @NullMarked in " + ROOT.relativize(info) + ".")));
  }

  @Test
  void filesAreSmall() throws IOException {
    List<String> large = new ArrayList<>();
    for (Path file : mainFiles()) {
      int lines = Files.readAllLines(file).size();
      if (lines > MOST_LINES) {
        large.add("%s has %d lines".formatted(ROOT.relativize(file), lines));
      }
    }
    assertTrue(
        large.isEmpty(),
        () ->
            large
                + ": at most "
                + MOST_LINES
                + ". Such a file usually holds two ideas: part them.");
  }

  private static List<Path> mainFiles() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> ROOT.relativize(file).subpath(1, 4).equals(Path.of("src/main/java")))
          .toList();
    }
  }

  private static ModuleReference reference(String module) {
    Configuration boot = ModuleLayer.boot().configuration();
    return boot.findModule("girsanov." + module).orElseThrow().reference();
  }

  private static String describeModule(ModuleDescriptor module) {
    Stream<String> requires =
        module.requires().stream()
            .filter(required -> !required.modifiers().contains(Requires.Modifier.MANDATED))
            .map(required -> "requires " + words(required.modifiers()) + required.name());
    Stream<String> exports =
        module.exports().stream()
            .map(
                exported ->
                    "exports "
                        + exported.source()
                        + (exported.isQualified() ? " to " + exported.targets() : ""));
    return "module "
        + module.name()
        + "\n"
        + Stream.concat(requires, exports).sorted().map("  %s\n"::formatted).collect(joining());
  }

  private static String words(Set<Requires.Modifier> modifiers) {
    return modifiers.stream()
        .sorted()
        .map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ")
        .collect(joining());
  }
}
