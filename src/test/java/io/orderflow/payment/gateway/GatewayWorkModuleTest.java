package io.orderflow.payment.gateway;

import static io.orderflow.payment.Payments.euro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.payment.Payments;
import io.orderflow.payment.BothLedgers;
import io.orderflow.payment.ScriptedGateway;
import io.orderflow.payment.command.RequestPayment;
import io.orderflow.payment.gateway.GatewayWorkView.Waiting;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.payment.reconciliation.ReconciliationModule;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ReconciliationModule
class GatewayWorkModuleTest {

    static final String PATH = "/v1/operations/gateway-work";
    static int orders;

    @Autowired MockMvc http;
    @Autowired BothLedgers ledgers;
    @Autowired ScriptedGateway gateway;
    @Autowired CommandGateway commands;
    @Autowired WaitingOperations operations;
    @Autowired CircuitBreakerRegistry breakers;
    @Autowired BulkheadRegistry bulkheads;
    @Autowired MeterRegistry meters;

    OrderId order;

    @BeforeEach
    void nothing_waits() {
        ledgers.empty();
        order = new OrderId("ord_work" + ++orders);
    }

    @AfterEach
    void guards_rest() {
        breakers.circuitBreaker("gateway-charges").reset();
        gateway.answers(() -> GatewayOutcome.declined("lost_card", "Lost"));
        ledgers.empty();
    }

    @Test
    void is_listed_with_how_often_it_was_asked_and_when_it_is_asked_next() {
        request();

        var waiting = awaitWork(found -> found.status() == OperationStatus.UNKNOWN && found.doubts() > 0
                && !found.beingAskedNow());

        assertThat(waiting.operationId()).isEqualTo(PaymentId.of(order) + "-authorize-1");
        assertThat(waiting.paymentId()).isEqualTo(PaymentId.of(order));
        assertThat(waiting.orderId()).isEqualTo(order);
        assertThat(waiting.kind()).isEqualTo(Kind.AUTHORIZE);
        assertThat(waiting.amount()).isEqualTo(euro(100_00));
        assertThat(waiting.doubt()).isNotBlank();
        assertThat(waiting.nextTry()).isAfter(waiting.requestedAt());
    }

    @Test
    void says_when_the_gateway_is_being_asked() {
        var release = new CountDownLatch(1);
        gateway.answers(() -> {
            assertThat(catchThrowable(release::await)).isNull();
            return GatewayOutcome.declined("lost_card", "Lost");
        });
        request();

        assertThat(awaitWork(Waiting::beingAskedNow).doubts()).isZero();
        release.countDown();

        await().until(() -> work().total() == 0);
    }

    @Test
    void is_listed_oldest_first_and_also_when_nobody_asks() throws Exception {
        ledgers.ours("2", "capture unknown 1000 fresh");
        ledgers.ours("1", "refund requested 500 old");
        ledgers.ours("3", "capture succeeded 1000 old");
        ledgers.ours("4", "refund settled_by_hand 1000 old");

        http.perform(get(PATH)).andExpect(status().isOk()).andExpect(jsonPath("$.total").value(2))
                .andExpect(jsonPath("$.items[*].operation_id", contains("1", "2")))
                .andExpect(jsonPath("$.items[0].next_try").isEmpty())
                .andExpect(jsonPath("$.items[0].doubts").isEmpty())
                .andExpect(jsonPath("$.items[0].being_asked_now").value(false));
        http.perform(get(PATH).param("limit", "1")).andExpect(jsonPath("$.total").value(2))
                .andExpect(jsonPath("$.items[*].operation_id", contains("1")));
    }

    @Test
    void comes_with_the_state_of_the_guards() throws Exception {
        breakers.circuitBreaker("gateway-charges").transitionToOpenState();
        bulkheads.bulkhead("gateway-reversals").acquirePermission();
        try {
            http.perform(get(PATH))
                    .andExpect(jsonPath("$.guards[*].name", contains("gateway-charges", "gateway-reversals")))
                    .andExpect(jsonPath("$.guards[*].state", contains("open", "closed")))
                    .andExpect(jsonPath("$.guards[*].calls_permitted", contains(16, 3)))
                    .andExpect(jsonPath("$.guards[*].calls_at_once", contains(16, 4)))
                    .andExpect(jsonPath("$.guards[0].failure_rate_percent").isEmpty());
        } finally {
            bulkheads.bulkhead("gateway-reversals").releasePermission();
        }
    }

    @Test
    void tells_the_rate_of_failures_once_there_were_enough_calls() {
        var breaker = breakers.circuitBreaker("gateway-charges");
        for (int call = 0; call < 4; call++) {
            breaker.onError(0, TimeUnit.SECONDS, new AnswerUnknownException("silence"));
        }
        breaker.onSuccess(0, TimeUnit.SECONDS);

        assertThat(work().guards().get(0).failureRatePercent()).isEqualTo(80);
    }

    @Test
    void is_measured_by_kind() {
        ledgers.ours("1", "capture unknown 1000 old");
        ledgers.ours("2", "capture pending 1000 old");
        ledgers.ours("3", "refund requested 1000 old");
        ledgers.ours("4", "refund failed 1000 old");

        assertThat(work("capture")).isEqualTo(2);
        assertThat(work("refund")).isEqualTo(1);
        assertThat(work("void")).isZero();
        assertThat(meters.get("orderflow.gateway.unknown").gauge().value()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "cursor=x"})
    void is_not_listed_for_a_question_that_makes_no_sense(String question) throws Exception {
        http.perform(get(PATH + '?' + question)).andExpect(status().isBadRequest());
    }

    private double work(String kind) {
        return meters.get("orderflow.gateway.work").tag("kind", kind).gauge().value();
    }

    private void request() {
        commands.sendAndWait(new RequestPayment(PaymentId.of(order), order, "shop", euro(100_00), new PaymentMethod("tok_ok"),
                Payments.ON_GATEWAY));
    }

    private Waiting awaitWork(Predicate<Waiting> state) {
        return await().until(() -> work().items().stream().filter(state).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private GatewayWorkView work() {
        return operations.oldest(50);
    }
}
