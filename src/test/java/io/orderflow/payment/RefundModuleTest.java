package io.orderflow.payment;

import static io.orderflow.payment.Payments.euro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.orderflow.packaged.Settled;
import io.orderflow.payment.command.CapturePayment;
import io.orderflow.payment.command.RequestPayment;
import io.orderflow.payment.query.FindPayment;
import io.orderflow.payment.query.PaymentView;
import io.orderflow.payment.query.PaymentView.Action;
import io.orderflow.payment.query.PaymentView.Operation;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.payment.query.RefundView;
import io.orderflow.sandbox.SandboxGateway;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.PaymentStatus;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@PaymentModule
class RefundModuleTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired CommandGateway commands;
    @Autowired QueryGateway queries;
    @Autowired SandboxGateway sandbox;
    @Autowired EventProcessingConfiguration processing;
    @Autowired MockMvc http;
    @Autowired ApplicationContext application;

    private PaymentId payment;
    private OrderId order;

    @BeforeEach
    void another_order() {
        order = new OrderId("ord_refund" + NUMBER.incrementAndGet());
        payment = PaymentId.of(order);
    }

    @Test
    void pays_back_a_part_and_then_the_rest() throws Exception {
        taken("tok_ok");

        refund("part", "{\"amount\":{\"currency\":\"EUR\",\"amount\":3000},\"reason\":\"Scratched\"}")
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", "/v1/payments/" + payment))
                .andExpect(jsonPath("$.id").value(startsWith("ref_")))
                .andExpect(jsonPath("$.amount.amount").value(3000))
                .andExpect(jsonPath("$.status").value("requested"));
        awaitView(view -> view.status() == PaymentStatus.PARTIALLY_REFUNDED);
        refund("rest", "{\"reason\":\"Kind\"}").andExpect(status().isCreated())
                .andExpect(jsonPath("$.amount.amount").value(7000));

        var view = awaitView(refunded -> refunded.status() == PaymentStatus.REFUNDED);
        assertThat(view.refunded()).isEqualTo(euro(100_00));
        assertThat(view.refunds()).extracting(RefundView::status).containsOnly(RefundView.Status.SUCCEEDED);
        assertThat(ledger()).filteredOn(fact -> fact.startsWith("refunded")).hasSize(2);
    }

    @Test
    void gives_the_same_answer_to_the_same_request_and_pays_once() throws Exception {
        taken("tok_ok");
        String body = "{\"amount\":{\"currency\":\"EUR\",\"amount\":3000},\"reason\":\"Scratched\"}";
        String first = refund("twice", body).andReturn().getResponse().getContentAsString();
        awaitView(view -> view.status() == PaymentStatus.PARTIALLY_REFUNDED);

        assertThat(refund("twice", body).andExpect(status().isCreated()).andReturn().getResponse()
                .getContentAsString()).isEqualTo(first);
        refund("twice", "{\"reason\":\"Another\"}").andExpect(status().isUnprocessableEntity())
                .andExpect(jsonPath("$.code").value("idempotency_key_reused"));
        assertThat(find().refunds()).hasSize(1);
    }

    @Test
    void refuses_more_than_was_taken_and_says_how_much_is_left() throws Exception {
        taken("tok_ok");

        refund("more", "{\"amount\":{\"currency\":\"EUR\",\"amount\":10001},\"reason\":\"Greedy\"}")
                .andExpect(status().isConflict()).andExpect(jsonPath("$.code").value("exceeds_captured"))
                .andExpect(jsonPath("$.detail").value("No more can be refunded than was captured and is not refunded yet: "
                        + "EUR 100.00."))
                .andExpect(jsonPath("$.refundable.amount").value(10000));
        refund("zero", "{\"amount\":{\"currency\":\"EUR\",\"amount\":0},\"reason\":\"Nothing\"}")
                .andExpect(status().isUnprocessableEntity()).andExpect(jsonPath("$.code").value("invalid_amount"));
        refund("dollars", "{\"amount\":{\"currency\":\"USD\",\"amount\":1},\"reason\":\"Abroad\"}")
                .andExpect(status().isUnprocessableEntity()).andExpect(jsonPath("$.code").value("mixed_currency"));
        refund("mute", "{}").andExpect(status().isBadRequest());
        assertThat(find().refunds()).isEmpty();
    }

    @Test
    void shows_a_refund_that_fails_as_failed_and_has_staff_settle_it() throws Exception {
        taken("tok_refund_fails");
        refund("bounces", "{\"reason\":\"Broken\"}").andExpect(status().isCreated());

        var failed = awaitView(view -> view.refunds().stream()
                .anyMatch(refund -> refund.status() == RefundView.Status.FAILED)
                && view.operations().stream().allMatch(operation -> operation.status().isFinal()));
        assertThat(failed.refunded()).isEqualTo(euro(0));
        assertThat(failed.status()).isEqualTo(PaymentStatus.CAPTURED);
        List<Operation> attempts = failed.operations().stream()
                .filter(operation -> operation.kind() == PaymentView.Kind.REFUND).toList();
        assertThat(attempts).hasSize(3).extracting(Operation::status).containsOnly(OperationStatus.FAILED);
        assertThat(attempts).extracting(Operation::code).containsOnly("refund_failed");
        assertThat(attempts).extracting(Operation::subject).containsOnly(failed.refunds().get(0).id());
        assertThat(attempts).extracting(Operation::actions).containsExactly(List.of(), List.of(),
                List.of(Action.RETRY, Action.SETTLE));

        act(attempts.get(0).id(), "settlements", "{\"note\":\"Cash\"}").andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("operation_not_failed"));
        act(attempts.get(2).id(), "settlements", "{\"note\":\"Cash\"}").andExpect(status().isCreated());

        var settled = awaitView(view -> view.status() == PaymentStatus.REFUNDED);
        assertThat(settled.refunds()).extracting(RefundView::status)
                .containsExactly(RefundView.Status.SETTLED_BY_HAND);
        assertThat(settled.operations()).last().extracting(Operation::status)
                .isEqualTo(OperationStatus.SETTLED_BY_HAND);
        assertThat(ledger()).noneMatch(fact -> fact.startsWith("refunded"));
    }

    @Test
    void lets_staff_retry_what_failed() throws Exception {
        taken("tok_refund_fails");
        refund("again", "{\"reason\":\"Broken\"}");
        String last = awaitView(view -> view.refunds().stream()
                .anyMatch(refund -> refund.status() == RefundView.Status.FAILED)).operations().get(4).id();

        String next = JsonPath.read(act(last, "retries", "").andExpect(status().isCreated()).andReturn()
                .getResponse().getContentAsString(), "$.operation_id");

        assertThat(next).isEqualTo(last.replaceAll("-3$", "-4"));
        awaitView(view -> view.operations().stream().anyMatch(operation -> operation.id().equals(next)));
        act("pay_1-capture-nothing", "retries", "").andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("unknown_operation"));
    }

    @Test
    void answers_the_same_after_a_replay() throws Exception {
        taken("tok_refund_fails");
        refund("replayed", "{\"reason\":\"Broken\"}");
        awaitView(view -> view.refunds().stream().anyMatch(refund -> refund.status() == RefundView.Status.FAILED));

        Settled.assertUnchangedBy(application, this::replay, this::find);
    }

    @Test
    void shows_where_the_customer_has_to_go() throws Exception {
        request("tok_3ds");
        awaitView(view -> view.status() == PaymentStatus.ACTION_REQUIRED);

        http.perform(get("/v1/payments/" + payment)).andExpect(status().isOk())
                .andExpect(jsonPath("$.next_action.type").value("redirect"))
                .andExpect(jsonPath("$.next_action.url").isNotEmpty())
                .andExpect(jsonPath("$.next_action.expires_at").isNotEmpty());
    }

    private void replay() {
        var processor = processing.eventProcessor("payment-projection", StreamingEventProcessor.class).orElseThrow();
        processor.shutDown();
        processor.resetTokens();
        assertThat(find()).isNull();
        processor.start();
    }

    private void request(String token) {
        commands.sendAndWait(new RequestPayment(payment, order, "shop", euro(100_00), new PaymentMethod(token),
                Payments.ON_GATEWAY));
    }

    private void taken(String token) {
        request(token);
        awaitView(view -> view.status() == PaymentStatus.AUTHORIZED);
        commands.sendAndWait(new CapturePayment(payment, "shp_1", euro(100_00)));
        awaitView(view -> view.status() == PaymentStatus.CAPTURED);
    }

    /** @return what has become of it when nothing is left to do */
    private PaymentView awaitView(Predicate<PaymentView> wanted) {
        await().until(this::find, view -> view != null && wanted.test(view));
        Settled.await(application);
        return find();
    }

    private PaymentView find() {
        return queries.query(new FindPayment(payment, null), ResponseTypes.optionalInstanceOf(PaymentView.class)).join()
                .orElse(null);
    }

    private List<String> ledger() {
        return new Ledger("http://127.0.0.1:" + sandbox.port()).facts().stream()
                .filter(fact -> fact.contains(payment + "-")).toList();
    }

    private ResultActions refund(String key, String body) throws Exception {
        return http.perform(post("/v1/payments/" + payment + "/refunds").contentType(MediaType.APPLICATION_JSON)
                .header("Idempotency-Key", payment + key).content(body));
    }

    private ResultActions act(String operation, String action, String body) throws Exception {
        return http.perform(post("/v1/payments/%s/operations/%s/%s".formatted(payment, operation, action))
                .contentType(MediaType.APPLICATION_JSON).header("Idempotency-Key", UUID.randomUUID().toString())
                .content(body));
    }
}
