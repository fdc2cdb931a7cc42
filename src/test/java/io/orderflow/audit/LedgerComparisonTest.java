package io.orderflow.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LedgerComparisonTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AMOUNT = "{\"currency\":\"EUR\",\"amount\":1000}";

    private final Findings findings = new Findings();
    private final Payments payments = new Payments(findings);
    private final GatewayLedger ledger = new GatewayLedger();

    /** A customer may confirm just before the order is cancelled; the unknown authorization is voided. */
    @Test
    void an_authorization_that_was_given_up_and_voided_may_have_succeeded() throws Exception {
        event("payment.PaymentRequested", "\"operationId\":\"a-1\",\"amount\":" + AMOUNT);
        event("payment.ReversalRequested", "\"operationId\":\"v-1\",\"kind\":\"voided\",\"amount\":" + AMOUNT);
        line("a-1", "authorization", "authorized");
        line("v-1", "void", "voided");
        event("payment.PaymentReversed", "\"operationId\":\"v-1\",\"kind\":\"voided\",\"amount\":" + AMOUNT);

        new LedgerComparison(ledger, false, findings).judge(payments);

        assertThat(result(Invariant.M3).evidence()).isEmpty();
    }

    @Test
    void an_authorization_that_was_declined_must_not_have_succeeded() throws Exception {
        event("payment.PaymentRequested", "\"operationId\":\"a-1\",\"amount\":" + AMOUNT);
        event("payment.PaymentDeclined", "\"operationId\":\"a-1\"");
        line("a-1", "authorization", "authorized");

        new LedgerComparison(ledger, false, findings).judge(payments);

        assertThat(result(Invariant.M3).evidence()).hasSize(1);
    }

    @Test
    void a_violation_shows_amounts_with_the_decimals_of_the_currency() throws Exception {
        event("payment.PaymentRequested", "\"operationId\":\"a-1\",\"amount\":" + AMOUNT);
        event("payment.PaymentAuthorized", "\"operationId\":\"a-1\",\"amount\":" + AMOUNT);
        event("payment.PaymentCaptured", "\"operationId\":\"c-1\",\"amount\":" + AMOUNT.replace("1000", "2498"));
        line("a-1", "authorization", "authorized");

        new LedgerComparison(ledger, false, findings).judge(payments);

        assertThat(result(Invariant.M1).evidence()).singleElement().extracting(Report.Violation::found)
                .isEqualTo("EUR 0.00, EUR 24.98, EUR 10.00 at event 0");
        assertThat(result(Invariant.M3).evidence()).singleElement().extracting(Report.Violation::expected)
                .isEqualTo("CAPTURE of EUR 24.98 in the gateway's ledger");
        payments.judge();
        assertThat(result(Invariant.M1).figures().get("captured")).hasToString("EUR 24.98");
        assertThat(JSON.writeValueAsString(result(Invariant.M1).figures().get("captured"))).isEqualTo("{\"EUR\":2498}");
    }

    private Report.Result result(Invariant invariant) {
        return findings.report(Instant.EPOCH, 0).invariants().get(invariant.ordinal());
    }

    private void event(String type, String fields) throws JsonProcessingException {
        payments.on(new EventRow(0, "pay_1", 0, "2026-11-28T12:00:00Z", type,
                json("{\"paymentId\":\"pay_1\",\"orderId\":\"ord_1\"," + fields + "}")));
    }

    private void line(String operation, String kind, String fact) throws JsonProcessingException {
        ledger.add(json("""
                {"operation_id":"%s","kind":"%s","fact":"%s","merchant_reference":"ord_1","authorization_id":"auth_1",
                 "amount":%s}""".formatted(operation, kind, fact, AMOUNT)));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }
}
