package io.orderflow.payment.reconciliation;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.payment.Payments;
import io.orderflow.payment.BothLedgers;
import io.orderflow.payment.ScriptedGateway;
import io.orderflow.payment.command.RequestPayment;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.payment.query.ReconciliationView;
import io.orderflow.payment.query.ReconciliationView.Difference;
import io.orderflow.payment.query.ReconciliationView.DifferenceKind;
import io.orderflow.payment.query.ReconciliationView.Ours;
import io.orderflow.payment.query.ReconciliationView.Status;
import io.orderflow.payment.query.ReconciliationView.Theirs;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ReconciliationModule
class ReconciliationModuleTest {

    static final Money TEN_EURO = new Money("EUR", 1000);

    @Autowired BothLedgers ledgers;
    @Autowired ScriptedGateway gateway;
    @Autowired ReconciliationRows rows;
    @Autowired ReconciliationCommands reconciliations;
    @Autowired CommandGateway commands;
    @Autowired EventProcessingConfiguration processing;
    @Autowired JdbcClient jdbc;
    @Autowired MeterRegistry meters;

    @BeforeEach
    void nothing_anywhere() {
        ledgers.empty();
    }

    @AfterEach
    void nothing_is_left_of_what_was_read() {
        await().until(() -> rows("payments.reconciliation_line") == 0);
    }

    /** Both sides are a kind, a status, cents, the gateway's currency and an age; in flight is what changed lately. */
    @Nested
    class an_operation {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                authorize succeeded 1000 old         | authorize succeeded 1000 EUR old
                authorize succeeded 1000 fresh       | authorize succeeded 1000 EUR fresh
                capture succeeded 1000 ancient       | capture succeeded 1000 EUR ancient
                capture succeeded 1000 ancient       | capture succeeded 1000 EUR old
                authorize declined:lost_card 1000 old | authorize declined 1000 EUR old
                void failed:refused 1000 old         | void failed - EUR old
                authorize declined:fraud 1000 old    | authorize failed 1000 EUR old
                authorize declined:fraud 1000 old    | -
                refund failed:no_funds 1000 old      | refund failed 1000 EUR old
                refund failed:no_funds 1000 old      | -
                refund settled_by_hand 1000 old      | refund failed 1000 EUR old
                refund settled_by_hand 1000 old      | -
                authorize declined:given_up 1000 old | -
                authorize declined:given_up 1000 old | authorize declined 1000 EUR old
                capture succeeded 0 old              | -
                capture succeeded 1000 old           | capture pending 1000 EUR old, capture succeeded 1000 EUR old
                capture succeeded 1000 old           | capture succeeded 1000 EUR old, capture failed 1000 EUR old
                """)
        void agrees(String ours, String theirs) {
            var report = compare(ours, theirs);

            assertThat(report.differences()).isEmpty();
            assertThat(report.inFlight()).isZero();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                capture requested 1000 fresh         | -
                capture requested 1000 old           | -
                capture unknown 1000 fresh           | -
                capture unknown 1000 old             | -
                refund pending 1000 fresh            | -
                authorize action_required 1000 fresh | -
                authorize pending 1000 old           | authorize pending 1000 EUR old
                authorize action_required 1000 old   | authorize action_required 1000 EUR old
                authorize unknown 1000 old           | authorize pending 1000 EUR old
                capture requested 1000 fresh         | capture succeeded 1000 EUR old
                capture unknown 1000 fresh           | capture failed 1000 EUR old
                capture unknown 1000 old             | capture succeeded 1000 EUR fresh
                authorize pending 1000 old           | authorize declined 1000 EUR fresh
                -                                    | capture succeeded 1000 EUR fresh
                capture succeeded 1000 old/fresh     | -
                capture succeeded 1000 old/fresh     | capture pending 1000 EUR old
                authorize declined:given_up 1000 old | authorize action_required 1000 EUR old
                authorize declined:given_up 1000 old | authorize succeeded 1000 EUR fresh
                """)
        void is_in_flight(String ours, String theirs) {
            var report = compare(ours, theirs);

            assertThat(report.differences()).isEmpty();
            assertThat(report.inFlight()).isOne();
        }

        /** The customer confirms at the moment when the order is called off: both are true there, and nothing is held. */
        @ParameterizedTest
        @CsvSource({"SUCCEEDED, 0", "FAILED, 1"})
        void that_was_given_up_agrees_when_it_was_given_back(OperationStatus voided, int differences) {
            ledgers.ours("both", "authorize declined:given_up 1000 old");
            ledgers.reversal("both", voided);
            ledgers.theirs("both", "authorize succeeded 1000 EUR old");
            ledgers.theirs("both-void", "void %s 1000 EUR old".formatted(voided));

            assertThat(ledgers.compare().differences()).hasSize(differences);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                capture succeeded 1000 old           | -                                 | missing_at_gateway
                refund pending 1000 old              | -                                 | missing_at_gateway
                authorize action_required 1000 old   | -                                 | missing_at_gateway
                -                                    | capture succeeded 1000 EUR old    | unknown_here
                -                                    | capture failed 1000 EUR undated   | unknown_here
                capture succeeded 1000 old           | capture succeeded 1001 EUR old    | amount_differs
                capture succeeded 1000 fresh         | capture succeeded 1001 EUR fresh  | amount_differs
                capture requested 1000 fresh         | capture succeeded 100 EUR fresh   | amount_differs
                capture succeeded 1000 old           | capture succeeded 1000 USD old    | currency_differs
                capture succeeded 0 old              | capture succeeded 1000 EUR old    | amount_differs
                refund succeeded 1000 old            | void succeeded 1000 EUR old       | kind_differs
                authorize declined:fraud 1000 old    | authorize succeeded 1000 EUR old  | state_differs
                authorize declined:given_up 1000 old | authorize succeeded 1000 EUR old  | state_differs
                authorize declined:fraud 1000 old    | authorize pending 1000 EUR old    | state_differs
                refund failed:no_funds 1000 old      | refund succeeded 1000 EUR old     | state_differs
                refund settled_by_hand 1000 old      | refund succeeded 1000 EUR old     | state_differs
                refund settled_by_hand 1000 old      | refund pending 1000 EUR old       | state_differs
                capture succeeded 1000 old           | capture failed 1000 EUR old       | state_differs
                capture succeeded 1000 old           | capture failed 1000 EUR undated   | state_differs
                capture succeeded 1000 old           | capture pending 1000 EUR old      | state_differs
                capture unknown 1000 old/fresh       | capture succeeded 1000 EUR old    | state_differs
                authorize pending 1000 old           | authorize declined 1000 EUR old   | state_differs
                void succeeded 1000 old | void succeeded 1000 EUR old, void succeeded 1000 EUR old | effect_twice
                - | capture succeeded 1000 EUR old, capture succeeded 1000 EUR old | effect_twice unknown_here
                capture failed:fraud 1000 old | refund succeeded 1 USD old | kind_differs currency_differs state_differs
                """)
        void differs(String ours, String theirs, String kinds) {
            var report = compare(ours, theirs);

            assertThat(report.differences()).extracting(Difference::kind).containsExactlyElementsOf(
                    Arrays.stream(kinds.toUpperCase(Locale.ROOT).split(" ")).map(DifferenceKind::valueOf).toList());
            assertThat(report.differencesCount()).isEqualTo(report.differences().size());
            assertThat(report.inFlight()).isZero();
            assertThat(meters.get("orderflow.reconciliation.differences").gauge().value())
                    .isEqualTo(report.differences().size());
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                capture succeeded 2498 old | capture succeeded 2499 EUR old | We have EUR 24.98, the gateway EUR 24.99.
                capture succeeded 2498 old | capture succeeded 2498 JPY old | We have EUR 24.98, the gateway JPY 2498.
                - | refund succeeded 2498 KWD old | The gateway has it (refund of KWD 2.498, succeeded) under an id that we do not have.
                """)
        void is_told_in_the_decimals_of_each_currency(String ours, String theirs, String text) {
            assertThat(compare(ours, theirs).differences()).extracting(Difference::text).containsExactly(text);
        }

        @Test
        void that_the_gateway_did_without_us_is_told_at_once() {
            gateway.lists(null, Kind.REFUND, OperationStatus.SUCCEEDED, TEN_EURO, ledgers.ago(Duration.ofMinutes(1)));
            gateway.lists(null, Kind.REFUND, OperationStatus.FAILED, TEN_EURO, ledgers.ago(Duration.ofMinutes(1)));

            assertThat(ledgers.compare().differences()).hasSize(2).allSatisfy(difference -> {
                assertThat(difference.kind()).isEqualTo(DifferenceKind.UNKNOWN_HERE);
                assertThat(difference.operationId()).isNull();
                assertThat(difference.paymentId()).isNull();
                assertThat(difference.ours()).isNull();
            });
        }

        @Test
        void of_before_the_window_is_left_out() {
            ledgers.ours("1", "capture succeeded 1000 ancient");

            assertThat(ledgers.compare().compared()).isZero();
            assertThat(ledgers.awaitEnd(ledgers.start(Instant.EPOCH)).differences()).hasSize(1);
        }

        @Test
        void that_differs_is_told_with_what_either_side_says() {
            ledgers.ours("1", "capture failed:fraud 1000 old");
            var at = ledgers.ago(Duration.ofHours(1));
            gateway.lists("1", Kind.CAPTURE, OperationStatus.SUCCEEDED, TEN_EURO, at);

            assertThat(ledgers.compare().differences()).containsExactly(new Difference(DifferenceKind.STATE_DIFFERS,
                    "1", new PaymentId("pay_1"), "ref_0", new Ours(Kind.CAPTURE, OperationStatus.FAILED, TEN_EURO),
                    new Theirs(Kind.CAPTURE, OperationStatus.SUCCEEDED, TEN_EURO, at),
                    "We have it as failed, the gateway as succeeded."));
        }

        @Test
        void whose_end_we_should_know_by_now_is_told_as_not_learned() {
            var report = compare("capture unknown 1000 old", "capture succeeded 1000 EUR old");

            assertThat(report.differences().get(0).text()).startsWith("Not learned yet: ");
        }

        private ReconciliationView compare(String ours, String theirs) {
            ledgers.ours("1", ours);
            ledgers.theirs("1", theirs);
            var report = ledgers.compare();
            assertThat(report.status()).isEqualTo(Status.FINISHED);
            assertThat(report.compared()).isEqualTo(1);
            return report;
        }
    }

    @Nested
    class a_run {

        @Test
        void reads_the_ledger_page_by_page_and_tells_how_far_it_is() {
            fill(2 * ScriptedGateway.PAGE + 200);
            ledgers.theirs("7", "capture succeeded 1000 EUR old");
            var pageThree = new CountDownLatch(1);
            gateway.beforeEachPage(page -> {
                if (page == 3) {
                    awaitLatch(pageThree);
                }
            });
            var since = ledgers.ago(Duration.ofHours(2));

            var id = ledgers.start(since);
            await().untilAsserted(() -> assertThat(ledgers.find(id)).hasValueSatisfying(report -> {
                assertThat(report.status()).isEqualTo(Status.RUNNING);
                assertThat(report.compared()).isEqualTo(1000);
            }));
            pageThree.countDown();
            var report = ledgers.awaitEnd(id);

            assertThat(report.compared()).isEqualTo(1200);
            assertThat(report.differences()).extracting(Difference::kind, Difference::operationId)
                    .containsExactly(tuple(DifferenceKind.EFFECT_TWICE, "7"));
            assertThat(gateway.pagesAskedFor()).isEqualTo(4);
            assertThat(gateway.askedSince()).isEqualTo(since.minus(Duration.ofMinutes(15)));
            assertThat(report.since()).isEqualTo(since);
            assertThat(report.gateway()).isEqualTo("scripted");
        }

        @Test
        void counts_all_differences_and_lists_two_hundred() {
            for (int number = 0; number < 1201; number++) {
                ledgers.ours("%04d".formatted(number), "capture succeeded 1000 old");
            }

            var report = ledgers.compare();

            assertThat(report.compared()).isEqualTo(1201);
            assertThat(report.differencesCount()).isEqualTo(1201);
            assertThat(report.differences()).hasSize(200);
        }

        @Test
        void looks_again_before_it_tells_what_was_finished_meanwhile() {
            fill(ScriptedGateway.PAGE - 2);
            ledgers.ours("learned", "capture unknown 1000 old");
            ledgers.theirs("learned", "capture succeeded 1000 EUR old");
            ledgers.ours("overtaken", "capture unknown 1000 old");
            ledgers.theirs("overtaken", "capture failed 1000 EUR old");
            gateway.beforeEachPage(page -> {
                if (page == 2) {
                    ledgers.settle("learned", OperationStatus.SUCCEEDED, null, Instant.now());
                    ledgers.settle("overtaken", OperationStatus.SUCCEEDED, null, Instant.now());
                }
            });

            var report = ledgers.compare();

            assertThat(report.differencesCount()).isZero();
            assertThat(report.inFlight()).isOne();
        }

        @Test
        void fails_and_says_why_when_the_gateway_is_away() {
            double before = failures();
            gateway.beforeEachPage(page -> {
                throw new AnswerUnknownException("No answer: connection refused");
            });

            var report = ledgers.compare();

            assertThat(report.status()).isEqualTo(Status.FAILED);
            assertThat(report.failure()).isEqualTo("No answer: connection refused");
            assertThat(report.finishedAt()).isAfterOrEqualTo(report.startedAt());
            assertThat(failures()).isEqualTo(before + 1);
        }

        @Test
        void that_failed_does_not_count_as_the_last_one_that_finished() {
            ledgers.ours("1", "capture succeeded 1000 old");
            ledgers.compare();
            gateway.beforeEachPage(page -> {
                throw new AnswerUnknownException("No answer");
            });
            ledgers.compare();

            assertThat(ledgers.find(null)).map(report -> report.status()).contains(Status.FAILED);
            assertThat(meters.get("orderflow.reconciliation.differences").gauge().value()).isOne();
            assertThat(meters.get("orderflow.reconciliation.age").gauge().value()).isBetween(0.0, 60.0);
            assertThat(meters.get("orderflow.reconciliation.runs").tag("outcome", "finished").timer().count())
                    .isPositive();
        }

        @Test
        void fails_while_our_side_is_not_whole() {
            var projection = processing.eventProcessor("payment-projection", StreamingEventProcessor.class)
                    .orElseThrow();
            projection.shutDown();
            try {
                assertThat(ledgers.compare().failure()).contains("'payment-projection' is stopped");
            } finally {
                projection.start();
            }
            await().until(() -> ledgers.compare().status() == Status.FINISHED);
        }

        @Test
        void that_dies_is_begun_anew_and_leaves_one_report() {
            fill(ScriptedGateway.PAGE + 1);
            ledgers.ours("lost", "capture succeeded 1000 old");
            gateway.beforeEachPage(page -> {
                if (page == 2) {
                    throw new AssertionError("Killed on purpose by a test");
                }
            });
            var id = ledgers.start(null);
            await().until(() -> 1 == jdbc.sql("""
                    select count(*) from axon.scheduled_tasks
                    where task_instance = ? and picked = false and consecutive_failures = 1""").param(id)
                    .query(Integer.class).single());
            assertThat(ledgers.find(id).orElseThrow().compared()).isEqualTo(500);
            gateway.beforeEachPage(page -> { });
            jdbc.sql("""
                    update axon.scheduled_tasks set picked = true, picked_by = 'a dead node',
                      last_heartbeat = timestamp with time zone '2020-01-01 00:00:00+00' where task_instance = ?""")
                    .param(id).update();

            var report = ledgers.awaitEnd(id);

            assertThat(report.status()).isEqualTo(Status.FINISHED);
            assertThat(report.compared()).isEqualTo(502);
            assertThat(report.differences()).extracting(Difference::operationId).containsExactly("lost");
            assertThat(rows("payments.reconciliation")).isOne();
        }

        @Test
        void that_was_overtaken_writes_no_more() {
            rows.add("rec_overtaken", "scripted", Instant.EPOCH, Instant.now());
            var slow = rows.begin("rec_overtaken", Instant.now()).orElseThrow();
            var quick = rows.begin("rec_overtaken", Instant.now()).orElseThrow();

            assertThatIllegalStateException().isThrownBy(() -> rows.proceed(slow, 1));
            assertThat(rows.fail(slow, "late", Instant.now())).isFalse();
            rows.proceed(quick, 1);
            assertThat(rows.finish(quick, new ReconciliationRun.Report(0, 0, 0, List.of()), Instant.now())).isTrue();
            assertThat(rows.begin("rec_overtaken", Instant.now())).isEmpty();
        }

        @Test
        void whose_task_is_gone_does_not_run_for_ever() {
            rows.add("rec_orphan", "scripted", Instant.EPOCH, Instant.now());

            ledgers.compare();

            assertThat(ledgers.find("rec_orphan")).hasValueSatisfying(report -> {
                assertThat(report.status()).isEqualTo(Status.FAILED);
                assertThat(report.failure()).contains("disappeared");
            });
        }

        @Test
        void is_made_when_it_is_due_unless_one_runs() {
            var due = Instant.parse("2026-11-24T10:00:00Z");
            reconciliations.startScheduled(due);
            reconciliations.startScheduled(due.plusSeconds(3600));
            var report = ledgers.awaitEnd(ledgers.find(null).orElseThrow().id());
            reconciliations.startScheduled(due);

            assertThat(report.since()).isCloseTo(report.startedAt().minus(Duration.ofDays(30)), within(5, SECONDS));
            assertThat(rows("payments.reconciliation")).isOne();
        }

        @Test
        void is_never_due_when_the_schedule_is_off() {
            assertThat(jdbc.sql("""
                    select count(*) from axon.scheduled_tasks where task_name = 'payment-reconciliation-schedule'""")
                    .query(Long.class).single()).isZero();
        }

        @Test
        void is_remembered_with_the_last_hundred() {
            for (int minute = 0; minute < 101; minute++) {
                var id = "rec_old_" + minute;
                rows.add(id, "scripted", Instant.EPOCH, ledgers.ago(Duration.ofMinutes(1000 - minute)));
                rows.fail(rows.running().orElseThrow(), "made up", ledgers.ago(Duration.ofMinutes(1000 - minute)));
            }

            ledgers.compare();

            await().until(() -> rows("payments.reconciliation") == 100);
            assertThat(ledgers.find("rec_old_1")).isEmpty();
            assertThat(ledgers.find("rec_old_2")).isPresent();
        }

        private double failures() {
            var timer = meters.find("orderflow.reconciliation.runs").tag("outcome", "failed").timer();
            return timer == null ? 0 : timer.count();
        }

        private void fill(int operations) {
            for (int number = 0; number < operations; number++) {
                ledgers.ours(String.valueOf(number), "capture succeeded 1000 old");
                ledgers.theirs(String.valueOf(number), "capture succeeded 1000 EUR old");
            }
        }

        private static void awaitLatch(CountDownLatch latch) {
            assertThat(catchThrowable(latch::await)).isNull();
        }
    }

    @Test
    void survives_a_replay_and_is_made_again_after_it() {
        var order = new OrderId("ord_replayed");
        commands.sendAndWait(new RequestPayment(PaymentId.of(order), order, "shop", Money.zero("EUR"),
                new PaymentMethod("tok_ok"),
                Payments.ON_GATEWAY));
        await().until(() -> rows("payments.payment") == 1);
        ledgers.ours("1", "capture succeeded 1000 old");
        var report = ledgers.compare();
        var projection = processing.eventProcessor("payment-projection", StreamingEventProcessor.class).orElseThrow();
        projection.shutDown();
        projection.resetTokens();
        projection.start();

        assertThat(report.differences()).isNotEmpty();
        assertThat(ledgers.find(report.id())).contains(report);
        await().until(() -> ledgers.compare().status() == Status.FINISHED);
    }

    private long rows(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
