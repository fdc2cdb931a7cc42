package io.orderflow.payment;

import static io.orderflow.payment.Payments.euro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.orderflow.packaged.Settled;
import io.orderflow.payment.command.CapturePayment;
import io.orderflow.payment.command.RequestPayment;
import io.orderflow.payment.command.ReversePayment;
import io.orderflow.payment.event.PaymentAuthorized;
import io.orderflow.payment.event.PaymentRequested;
import io.orderflow.payment.event.PaymentUncertain;
import io.orderflow.payment.query.FindPayment;
import io.orderflow.payment.query.PaymentView;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.sandbox.SandboxGateway;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.PaymentStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.servlet.MockMvc;

@PaymentModule
class PaymentModuleTest {

    final AtomicInteger orders = new AtomicInteger();

    @Autowired CommandGateway commands;
    @Autowired QueryGateway queries;
    @Autowired QueryUpdateEmitter updates;
    @Autowired EventStore events;
    @Autowired EventProcessingConfiguration processing;
    @Autowired PaymentModule.CrashingGateway crashes;
    @Autowired CircuitBreakerRegistry breakers;
    @Autowired BulkheadRegistry bulkheads;
    @Autowired SandboxGateway sandbox;
    @Autowired MockMvc http;
    @Autowired ApplicationContext application;

    OrderId order;
    PaymentId payment;

    @BeforeEach
    void another_order() {
        order = new OrderId("ord_" + orders.incrementAndGet());
        payment = PaymentId.of(order);
    }

    @Test
    void asks_the_gateway_and_records_its_answer_once() {
        request("tok_ok", euro(100_00));

        awaitStatus(PaymentStatus.AUTHORIZED);

        assertThat(history()).containsExactly(PaymentRequested.class, PaymentAuthorized.class);
        assertThat(ledger()).containsExactly("authorized " + payment + "-authorize-1 10000");
    }

    @Test
    void takes_money_by_shipment() {
        request("tok_ok", euro(100_00));
        awaitStatus(PaymentStatus.AUTHORIZED);

        send(new CapturePayment(payment, "shp_1", euro(30_00)));
        awaitStatus(PaymentStatus.PARTIALLY_CAPTURED);
        send(new CapturePayment(payment, "shp_2", euro(0)));
        send(new CapturePayment(payment, "shp_3", euro(70_00)));
        var view = awaitStatus(PaymentStatus.CAPTURED);

        assertThat(view.authorized()).isEqualTo(euro(100_00));
        assertThat(view.captured()).isEqualTo(euro(100_00));
        assertThat(view.operations()).extracting(PaymentView.Operation::kind)
                .containsExactly(Kind.AUTHORIZE, Kind.CAPTURE, Kind.CAPTURE, Kind.CAPTURE);
        assertThat(view.operations()).extracting(PaymentView.Operation::status)
                .containsOnly(OperationStatus.SUCCEEDED);
        assertThat(ledger()).containsExactly("authorized " + payment + "-authorize-1 10000",
                "captured " + payment + "-capture-shp_1 3000", "captured " + payment + "-capture-shp_3 7000");
    }

    @Test
    void gives_back_what_was_set_aside() {
        request("tok_ok", euro(100_00));
        awaitStatus(PaymentStatus.AUTHORIZED);

        send(new ReversePayment(payment, Payments.ON_REVERSAL));
        awaitStatus(PaymentStatus.VOIDED);

        assertThat(ledger()).containsExactly("authorized " + payment + "-authorize-1 10000",
                "voided " + payment + "-void-1 10000");
    }

    @Test
    void gives_back_what_was_taken() {
        request("tok_ok", euro(100_00));
        awaitStatus(PaymentStatus.AUTHORIZED);
        send(new CapturePayment(payment, "shp_1", euro(100_00)));
        awaitStatus(PaymentStatus.CAPTURED);

        send(new ReversePayment(payment, Payments.ON_REVERSAL));
        var view = awaitStatus(PaymentStatus.REFUNDED);

        assertThat(view.refunded()).isEqualTo(euro(100_00));
        assertThat(ledger()).last().isEqualTo("refunded " + payment + "-refund-1 10000");
    }

    @Test
    void gives_back_at_once_what_is_set_aside_too_late() {
        request("tok_timeout_after_charge", euro(100_00));
        await().until(() -> !ledger().isEmpty());
        send(new ReversePayment(payment, Payments.ON_REVERSAL));

        awaitStatus(PaymentStatus.VOIDED);

        assertThat(ledger()).containsExactly("authorized " + payment + "-authorize-1 10000",
                "voided " + payment + "-void-1 10000");
    }

    @Test
    void shows_a_decline_and_its_code() {
        request("tok_insufficient", euro(100_00));

        var view = awaitStatus(PaymentStatus.DECLINED);

        assertThat(view.operations()).singleElement().extracting(PaymentView.Operation::code)
                .isEqualTo("insufficient_funds");
        assertThat(view.authorized()).isEqualTo(euro(0));
    }

    @Test
    void asks_nobody_for_nothing() {
        request("tok_declined", euro(0));

        awaitStatus(PaymentStatus.AUTHORIZED);

        assertThat(ledger()).isEmpty();
    }

    @Test
    void looks_up_an_unknown_outcome_until_it_is_known() {
        request("tok_timeout_after_charge", euro(100_00));

        awaitStatus(PaymentStatus.AUTHORIZED);

        assertThat(history()).containsExactly(PaymentRequested.class, PaymentUncertain.class,
                PaymentAuthorized.class);
        assertThat(ledger()).hasSize(1);
    }

    @Test
    void repeats_under_the_same_id_what_never_happened() {
        request("tok_timeout_before_charge", euro(100_00));

        awaitStatus(PaymentStatus.AUTHORIZED);

        assertThat(history()).containsExactly(PaymentRequested.class, PaymentUncertain.class,
                PaymentAuthorized.class);
        assertThat(ledger()).containsExactly("authorized " + payment + "-authorize-1 10000");
    }

    @Test
    void charges_once_when_it_dies_between_the_call_and_the_record() {
        crashes.afterNextCall(payment);
        request("tok_ok", euro(100_00));

        awaitStatus(PaymentStatus.AUTHORIZED);

        assertThat(crashes.happenedTo(payment)).isTrue();
        assertThat(history()).containsExactly(PaymentRequested.class, PaymentAuthorized.class);
        assertThat(ledger()).containsExactly("authorized " + payment + "-authorize-1 10000");
    }

    @Test
    void answers_the_same_after_a_replay() {
        request("tok_ok", euro(100_00));
        awaitStatus(PaymentStatus.AUTHORIZED);
        send(new CapturePayment(payment, "shp_1", euro(30_00)));
        awaitStatus(PaymentStatus.PARTIALLY_CAPTURED);

        Settled.assertUnchangedBy(application, this::replay, this::find);
    }

    private void replay() {
        var processor = processing.eventProcessor("payment-projection", StreamingEventProcessor.class).orElseThrow();
        processor.shutDown();
        processor.resetTokens();
        assertThat(find()).isEmpty();
        processor.start();
    }

    @Test
    void is_found_over_http_right_after_it_was_requested() throws Exception {
        request("tok_ok", euro(100_00));

        http.perform(get("/v1/payments/" + payment)).andExpect(status().isOk())
                .andExpect(jsonPath("$.id").value(payment.value()))
                .andExpect(jsonPath("$.order_id").value(order.value()))
                .andExpect(jsonPath("$.amount.currency").value("EUR"))
                .andExpect(jsonPath("$.amount.amount").value(100_00))
                .andExpect(jsonPath("$.amount.length()").value(2))
                .andExpect(jsonPath("$.operations[0].kind").value("authorize"));
    }

    @Test
    void is_awaited_over_http_while_the_tables_are_behind() throws Exception {
        var processor = processing.eventProcessor("payment-projection", StreamingEventProcessor.class).orElseThrow();
        processor.shutDown();
        request("tok_ok", euro(100_00));
        var answer = CompletableFuture.supplyAsync(this::httpStatus);
        await().until(() -> updates.activeSubscriptions().size() == 1);
        processor.start();

        assertThat(answer.join()).isEqualTo(200);
    }

    @Test
    void is_a_clear_problem_over_http_when_there_is_none() throws Exception {
        http.perform(get("/v1/payments/" + payment)).andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("unknown_payment"));
    }

    @Test
    void is_guarded_by_the_numbers_of_the_design() {
        for (var name : List.of("gateway-charges", "gateway-reversals")) {
            var breaker = breakers.circuitBreaker(name).getCircuitBreakerConfig();
            assertThat(breaker.getSlidingWindowSize()).isEqualTo(5);
            assertThat(breaker.getMinimumNumberOfCalls()).isEqualTo(5);
            assertThat(breaker.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(2);
            assertThat(breaker.getWaitIntervalFunctionInOpenState().apply(1)).isEqualTo(30_000);
        }
        assertThat(bulkheads.bulkhead("gateway-charges").getBulkheadConfig().getMaxConcurrentCalls()).isEqualTo(16);
        assertThat(bulkheads.bulkhead("gateway-reversals").getBulkheadConfig().getMaxConcurrentCalls()).isEqualTo(4);
    }

    private void request(String token, Money amount) {
        send(new RequestPayment(payment, order, "shop", amount, new PaymentMethod(token),
                Payments.ON_GATEWAY));
    }

    private int httpStatus() {
        try {
            return http.perform(get("/v1/payments/" + payment)).andReturn().getResponse().getStatus();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(Object command) {
        commands.sendAndWait(command);
    }

    /** @return what has become of it when nothing is left to do */
    private PaymentView awaitStatus(PaymentStatus status) {
        await().until(() -> find().filter(view -> view.status() == status).isPresent());
        Settled.await(application);
        return find().orElseThrow();
    }

    private Optional<PaymentView> find() {
        return queries.query(new FindPayment(payment, null), ResponseTypes.optionalInstanceOf(PaymentView.class)).join();
    }

    private List<Class<?>> history() {
        return events.readEvents(payment.value()).asStream().<Class<?>>map(Message::getPayloadType).toList();
    }

    private List<String> ledger() {
        return new Ledger("http://127.0.0.1:" + sandbox.port()).facts().stream().filter(fact -> fact.contains(payment + "-")).toList();
    }

}
