package io.orderflow;

import static io.orderflow.ArchitectureRules.GROUND;
import static io.orderflow.ArchitectureRules.LEAVES;
import static io.orderflow.ArchitectureRules.TOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.orderflow.fulfillment.AfterSales;
import io.orderflow.fulfillment.OrderFulfillment;
import io.orderflow.audit.StoreCheck;
import io.orderflow.platform.logging.EncodedMessage;
import io.orderflow.platform.logging.EncodedStackTrace;
import io.orderflow.sandbox.SandboxGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.spring.stereotype.Aggregate;
import org.axonframework.spring.stereotype.Saga;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.orderflow");
    private static final ApplicationModules MODULES = ApplicationModules.of(OrderflowApplication.class);
    private static final ArchitectureRules RULES = new ArchitectureRules("io.orderflow");

    @Nested
    class modules {

        @Test
        void depend_on_each_other_only_as_declared() {
            MODULES.verify();
        }

        @Test
        void all_have_their_place() {
            assertThat(RULES.modules(CLASSES)).containsExactlyInAnyOrderElementsOf(
                    Stream.of(LEAVES, TOP, GROUND).flatMap(names -> names.stream()).toList());
        }

        @ParameterizedTest
        @FieldSource("io.orderflow.ArchitectureRules#LEAVES")
        void that_are_leaves_see_only_values_and_what_the_platform_offers(String leaf) {
            RULES.seesOnly(leaf, "shared", "platform.spi").check(CLASSES);
        }

        @Test
        void of_the_ground_know_no_business() {
            RULES.seesOnly("shared").check(CLASSES);
            RULES.seesOnly("platform", "shared").check(CLASSES);
            RULES.seesOnly("sandbox", "shared").check(CLASSES);
        }

        @ParameterizedTest
        @FieldSource("io.orderflow.ArchitectureRules#TOP")
        void on_top_are_seen_by_nobody(String top) {
            RULES.nothingDependsOn(top).check(CLASSES);
        }

        @Test
        void show_their_messages_and_nothing_else() {
            RULES.onlyMessagesAndValuesArePublic(OrderflowApplication.class.getName(), AfterSales.class.getName(),
                    OrderFulfillment.class.getName(), SandboxGateway.class.getName(), StoreCheck.class.getName(),
                    "io.orderflow.platform.web.connector.SlowClientProtocol",
                    "io.orderflow.platform.store.durability.RetryingFiles",
                    // Logback makes them.
                    EncodedMessage.class.getName(), EncodedStackTrace.class.getName())
                    .check(CLASSES);
        }

        @Test
        void touch_their_own_tables_only() {
            assertThat(new TableOwners(Path.of("src/main")).violations()).isEmpty();
        }
    }

    @Nested
    class messages {

        @Test
        void carry_no_behaviour() {
            RULES.messagesCarryNoBehaviour().check(CLASSES);
        }

        @Test
        void that_are_events_are_records_under_a_stored_name() {
            RULES.eventsAreRecordsUnderAStoredName().check(CLASSES);
        }

        @Test
        void that_are_commands_have_one_handler() {
            RULES.everyCommandHasOneHandler().check(CLASSES);
        }

        @Test
        void that_are_queries_have_one_answerer() {
            RULES.everyQueryHasOneAnswerer().check(CLASSES);
        }
    }

    @Nested
    class code {

        @Test
        void shared_by_all_is_free_of_frameworks_and_io() {
            RULES.valuesAreFreeOfFrameworksAndIo().check(CLASSES);
        }

        @Test
        void that_counts_money_never_uses_floating_point() {
            RULES.moneyIsNeverFloatingPoint("shared", "order", "payment", "inventory").check(CLASSES);
        }

        @Test
        void of_the_business_takes_time_from_messages_or_the_clock() {
            RULES.timeIsTakenFromMessagesOrTheClock("shared", "order", "payment", "inventory", "fulfillment",
                    "tracking", "operations").check(CLASSES);
        }

        @Test
        void of_aggregates_decides_from_messages_alone() {
            RULES.aggregatesDecideFromMessagesAlone().check(CLASSES);
        }

        @Test
        void has_fields_injected_in_the_saga_only() {
            RULES.nothingButTheSagaHasFieldsInjected().check(CLASSES);
        }

        @Test
        void keeps_its_handlers_to_itself() {
            RULES.handlersAreNobodysBusiness().check(CLASSES);
        }

        /** {@code %s} of a number is the same everywhere; {@code %d} has the digits of the machine's locale. */
        @Test
        void formats_numbers_and_dates_in_a_named_locale_only() throws IOException {
            var dependent = Pattern.compile("%(\\d+\\$)?[-#+ 0,(<]*\\d*(\\.\\d+)?[deEfgGaAtTSX]");
            try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
                List<Path> formatting = sources.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> text(file).contains("formatted(")).toList();
                assertThat(formatting).isNotEmpty().allSatisfy(file -> assertThat(text(file).lines()
                        .filter(line -> !line.contains("Locale.ROOT") && dependent.matcher(line).find())).isEmpty());
            }
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Test
        void is_named_without_technical_suffixes() {
            RULES.namesHaveNoTechnicalSuffix().check(CLASSES);
        }
    }

    @Nested
    class documents {

        @Test
        void show_the_modules_as_they_are(@TempDir Path fresh) {
            new Documenter(MODULES, Documenter.Options.defaults().withOutputFolder(fresh.toString()))
                    .writeDocumentation(Documenter.DiagramOptions.defaults(), Documenter.CanvasOptions.defaults()
                            .groupingBy("Aggregates", bean -> bean.getType().isAnnotatedWith(Aggregate.class))
                            .groupingBy("Sagas", bean -> bean.getType().isAnnotatedWith(Saga.class))
                            .groupingBy("Processing groups",
                                    bean -> bean.getType().isAnnotatedWith(ProcessingGroup.class))
                            .revealInternals());

            CommittedFiles.requireFresh(Path.of("docs/modules"), fresh);
        }

        @Test
        void list_the_messages_as_they_are() {
            CommittedFiles.requireFresh(Path.of("docs/messages.md"),
                    new MessageCatalogue(CLASSES, Path.of("src/main/java")).document());
        }
    }
}
