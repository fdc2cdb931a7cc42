package io.orderflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.Violations;

class ArchitectureRulesCanFailTest {

    private static final ArchitectureRules RULES = new ArchitectureRules("broken.orderflow");
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages("broken.orderflow");
    private static final JavaClasses NOTHING = new ClassFileImporter().importPackages("no.such.package");

    /** Each rule, and what it has to complain of. */
    static Stream<Arguments> rules() {
        return Stream.of(
                arguments(RULES.onlyMessagesAndValuesArePublic("broken.orderflow.order.Basket"), "payment.Card"),
                arguments(RULES.messagesCarryNoBehaviour(), "BasketFilled"),
                arguments(RULES.valuesAreFreeOfFrameworksAndIo(), "java.net.URI"),
                arguments(RULES.seesOnly("order", "shared"), "payment.Card"),
                arguments(RULES.seesOnly("platform", "shared"), "payment.Card"),
                arguments(RULES.nothingDependsOn("fulfillment"), "platform.Cashier"),
                arguments(RULES.eventsAreRecordsUnderAStoredName(), "BasketFilled> is no record"),
                arguments(RULES.eventsAreRecordsUnderAStoredName(), "BasketEmptied> is not stored as"),
                arguments(RULES.eventsAreRecordsUnderAStoredName(), "BasketLost> is not a fact"),
                arguments(RULES.moneyIsNeverFloatingPoint("order"), "PriceHelper.price"),
                arguments(RULES.moneyIsNeverFloatingPoint("order"), "Discount.percent"),
                arguments(RULES.timeIsTakenFromMessagesOrTheClock("order"), "Basket.handle"),
                arguments(RULES.timeIsTakenFromMessagesOrTheClock("order"), "PriceHelper"),
                arguments(RULES.aggregatesDecideFromMessagesAlone(), "Basket.handle"),
                arguments(RULES.aggregatesDecideFromMessagesAlone(), "Discount.dice"),
                arguments(RULES.nothingButTheSagaHasFieldsInjected(), "PriceHelper.card"),
                arguments(RULES.handlersAreNobodysBusiness(), "Basket.handle"),
                arguments(RULES.everyCommandHasOneHandler(), "EmptyBasket has the handlers []"),
                arguments(RULES.everyQueryHasOneAnswerer(), "FindBasket has the handlers"),
                arguments(RULES.namesHaveNoTechnicalSuffix(), "PriceHelper"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void each_rule_fails_when_it_is_broken(ArchRule rule, String offence) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> rule.check(BROKEN))
                .withMessageContaining(offence);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void each_rule_fails_when_it_matches_nothing(ArchRule rule, String offence) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> rule.check(NOTHING))
                .withMessageContaining("failed to check any classes");
    }

    @Test
    void a_new_module_is_noticed() {
        assertThat(RULES.modules(BROKEN)).containsExactlyInAnyOrder("shared", "order", "payment", "platform",
                "fulfillment");
    }

    @Test
    void modules_that_depend_on_each_other_undeclared_are_noticed() {
        assertThatExceptionOfType(Violations.class)
                .isThrownBy(() -> ApplicationModules.of("broken.orderflow", location -> true).verify())
                .withMessageContaining("Module 'order' depends on module 'payment'");
    }

    @Nested
    class tables {

        @TempDir
        Path main;

        @Test
        void are_kept_by_their_owners() throws IOException {
            write("resources/db/migration/h2/V2__order.sql", "create table orders.basket (id bigint)");
            write("java/io/orderflow/order/Rows.java", "SELECT * FROM orders.basket");

            assertThat(new TableOwners(main).violations()).isEmpty();
        }

        @Test
        void that_others_touch_are_noticed() throws IOException {
            are_kept_by_their_owners();
            write("java/io/orderflow/payment/Rows.java", "SELECT * FROM orders.basket");

            assertThat(new TableOwners(main).violations()).containsExactly(
                    "orders.basket belongs to order and is touched by java/io/orderflow/payment/Rows.java");
        }

        @Test
        void that_nobody_touches_are_noticed() throws IOException {
            write("resources/db/migration/h2/V2__order.sql", "create table orders.basket (id bigint)");
            write("java/io/orderflow/order/Rows.java", "SELECT * FROM orders.baskets");

            assertThat(new TableOwners(main).violations()).containsExactly("orders.basket is touched by nobody");
        }

        @Test
        void are_missed() throws IOException {
            write("resources/db/migration/README.md", "Nothing yet.");
            write("java/io/orderflow/order/Rows.java", "SELECT 1");

            assertThat(new TableOwners(main).violations()).hasSize(1);
        }

        private void write(String file, String text) throws IOException {
            Files.createDirectories(main.resolve(file).getParent());
            Files.writeString(main.resolve(file), text);
        }
    }
}
