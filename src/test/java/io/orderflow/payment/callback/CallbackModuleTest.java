package io.orderflow.payment.callback;

import static io.orderflow.payment.Payments.euro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.orderflow.payment.Payments;
import io.orderflow.payment.PaymentModule;
import io.orderflow.payment.command.CapturePayment;
import io.orderflow.payment.command.RefundPayment;
import io.orderflow.payment.command.RequestPayment;
import io.orderflow.payment.query.FindPayment;
import io.orderflow.payment.query.PaymentView;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.PaymentStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

@PaymentModule
class CallbackModuleTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    @Autowired CommandGateway commands;
    @Autowired QueryGateway queries;
    @Autowired JdbcTemplate jdbc;
    @Autowired MockMvc http;
    @Value("${orderflow.payment.gateway.callback-secret}") String secret;

    private OrderId order;
    private PaymentId payment;
    private String callback;

    @BeforeEach
    void another_order() {
        int number = NUMBER.incrementAndGet();
        order = new OrderId("ord_callback" + number);
        payment = PaymentId.of(order);
        callback = "cb_" + number;
    }

    @Test
    void makes_us_ask_the_gateway_at_once_instead_of_at_the_end_of_the_back_off() throws Exception {
        request("tok_timeout_after_charge");
        awaitStatus(PaymentStatus.UNKNOWN);
        sleepForAnHour(payment + "-authorize-1");

        send(callback, payment + "-authorize-1").andExpect(status().isNoContent());

        awaitStatus(PaymentStatus.AUTHORIZED);
        awaitCallback("HANDLED");
    }

    @Test
    void is_kept_before_it_is_answered_and_followed_when_what_it_is_about_comes_later() throws Exception {
        send(callback, payment + "-authorize-1").andExpect(status().isNoContent());
        assertThat(fate()).isEqualTo("RECEIVED");

        request("tok_ok");

        awaitCallback("HANDLED");
        awaitStatus(PaymentStatus.AUTHORIZED);
    }

    @Test
    void may_come_while_our_own_call_is_still_waiting_for_its_answer() throws Exception {
        request("tok_timeout_after_charge");
        await().until(() -> jdbc.queryForObject("select count(*) from axon.scheduled_tasks where task_instance = ?"
                + " and picked = true", Long.class, payment + "-authorize-1") == 1);

        send(callback, payment + "-authorize-1").andExpect(status().isNoContent());

        awaitStatus(PaymentStatus.AUTHORIZED);
        awaitCallback("HANDLED");
        await().until(() -> jdbc.queryForObject("select count(*) from axon.scheduled_tasks where task_instance = ?",
                Long.class, payment + "-authorize-1") == 0);
    }

    @Test
    void that_matches_nothing_is_kept_and_tried_again() throws Exception {
        send(callback, "somebody-elses").andExpect(status().isNoContent());

        await().until(() -> jdbc.queryForObject("select attempts from payments.callback where callback_id = ?",
                Integer.class, callback) > 1);
        assertThat(fate()).isEqualTo("RECEIVED");
    }

    @Test
    void that_comes_three_times_is_kept_once() throws Exception {
        request("tok_ok");
        for (int time = 0; time < 3; time++) {
            send(callback, payment + "-authorize-1").andExpect(status().isNoContent());
        }

        awaitCallback("HANDLED");
        assertThat(jdbc.queryForObject("select count(*) from payments.callback where callback_id = ?", Long.class,
                callback)).isEqualTo(1);
    }

    @Test
    void is_refused_when_it_is_not_signed_by_the_gateway() throws Exception {
        String body = body(callback, payment + "-authorize-1");
        long now = Instant.now().getEpochSecond();
        for (String signature : new String[] {null, "", "t=1", header(now, body, "another secret"),
                header(now, body, "whsec_sandbox"), header(now, body + " ", secret),
                header(now - 600, body, secret), header(now + 600, body, secret)}) {
            post("sandbox", body, signature).andExpect(status().isUnprocessableEntity())
                    .andExpect(jsonPath("$.code").value("invalid_signature"));
        }
        assertThat(fate()).isNull();
    }

    @Test
    void is_refused_when_it_says_nothing_although_it_is_signed() throws Exception {
        for (String body : new String[] {"{}", "{\"id\":\"cb\"}", "{\"operation_id\":\"o\"}",
                body("c".repeat(65), "o"), body("cb", "o".repeat(256)), body("cb\\u0000", "o"), body("cb", "\\ud800")}) {
            post("sandbox", body, header(Instant.now().getEpochSecond(), body, secret))
                    .andExpect(status().isUnprocessableEntity())
                    .andExpect(jsonPath("$.code").value("invalid_callback"));
        }
    }

    @Test
    void is_refused_when_it_is_not_one_document_although_it_is_signed() throws Exception {
        for (String body : new String[] {"[]", "{", body("cb_1", "o") + "{}", body("cb_1", "o").replace("{", "{\"id\":\"cb_0\","),
                "\uFEFF" + body("cb_1", "o")}) {
            post("sandbox", body, header(Instant.now().getEpochSecond(), body, secret))
                    .andExpect(status().isBadRequest()).andExpect(jsonPath("$.code").value("malformed_json"));
        }
    }

    @Test
    void of_a_gateway_that_is_not_in_use_is_a_clear_problem() throws Exception {
        post("paypal", "{}", "").andExpect(status().isNotFound()).andExpect(jsonPath("$.code").value("unknown_gateway"));
    }

    @Test
    void is_not_needed_to_ask_the_gateway_now() throws Exception {
        request("tok_timeout_after_charge");
        awaitStatus(PaymentStatus.UNKNOWN);
        sleepForAnHour(payment + "-authorize-1");

        http.perform(MockMvcRequestBuilders.post("/v1/payments/" + payment + "/inquiries")).andExpect(status().isAccepted())
                .andExpect(jsonPath("$.status").value("unknown"));

        awaitStatus(PaymentStatus.AUTHORIZED);
    }

    @Test
    void brings_no_attempt_at_a_refused_refund_forward() throws Exception {
        request("tok_refund_fails");
        awaitStatus(PaymentStatus.AUTHORIZED);
        commands.sendAndWait(new CapturePayment(payment, "shp_1", euro(100_00)));
        awaitStatus(PaymentStatus.CAPTURED);
        commands.sendAndWait(new RefundPayment(payment, "ref_1", null, "Broken", ExpectedVersion.ANY, null));
        String third = payment + "-refund-ref_1-3";
        sleepForAnHour(third);

        send(callback, payment + "-refund-ref_1-2").andExpect(status().isNoContent());
        awaitCallback("HANDLED");
        http.perform(MockMvcRequestBuilders.post("/v1/payments/" + payment + "/inquiries"))
                .andExpect(status().isAccepted());

        assertThat(jdbc.queryForObject("select count(*) from axon.scheduled_tasks where task_instance = ?"
                + " and execution_time > ?", Long.class, third, Instant.now().plus(Duration.ofMinutes(50))
                .atOffset(ZoneOffset.UTC))).isEqualTo(1);
    }

    private void request(String token) {
        commands.sendAndWait(new RequestPayment(payment, order, "shop", euro(100_00), new PaymentMethod(token),
                Payments.ON_GATEWAY));
    }

    private void awaitStatus(PaymentStatus status) {
        await().until(() -> queries.query(
                new FindPayment(payment, null), ResponseTypes.optionalInstanceOf(PaymentView.class)).join()
                .map(PaymentView::status).filter(status::equals).isPresent());
    }

    /** As if the gateway had been asked in vain for long. */
    private void sleepForAnHour(String operation) {
        await().until(() -> jdbc.update("update axon.scheduled_tasks set execution_time = ?, version = version + 1"
                + " where task_instance = ? and picked = false",
                Instant.now().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC), operation) == 1);
    }

    private void awaitCallback(String fate) {
        await().untilAsserted(() -> assertThat(fate()).isEqualTo(fate));
    }

    private String fate() {
        return jdbc.queryForList("select status from payments.callback where callback_id = ?", String.class, callback)
                .stream().findFirst().orElse(null);
    }

    private ResultActions send(String id, String operation) throws Exception {
        String body = body(id, operation);
        return post("sandbox", body, header(Instant.now().getEpochSecond(), body, secret));
    }

    private ResultActions post(String gateway, String body, String signature) throws Exception {
        var request = MockMvcRequestBuilders.post("/v1/gateway-callbacks/" + gateway).contentType(MediaType.APPLICATION_JSON).content(body);
        return http.perform(signature == null ? request : request.header("Sandbox-Signature", signature));
    }

    private static String body(String id, String operation) {
        return """
                {"id":"%s","type":"operation.succeeded","operation_id":"%s"}""".formatted(id, operation);
    }

    private static String header(long time, String body, String secret) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "t=%d,v1=%s".formatted(time, HexFormat.of().formatHex(
                mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8))));
    }
}
