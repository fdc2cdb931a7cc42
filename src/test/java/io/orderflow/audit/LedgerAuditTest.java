package io.orderflow.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** A customer who confirms a moment before the order is called off: we never hear of the authorization, and void it. */
class LedgerAuditTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AMOUNT = "{\"currency\":\"EUR\",\"amount\":1000}";

    private final Findings findings = new Findings();
    private final MoneyAudit money = new MoneyAudit(findings);
    private final GatewayLedger ledger = new GatewayLedger();

    @Test
    void what_was_given_up_and_voided_may_have_been_authorized() throws Exception {
        told("payment.PaymentRequested", "\"operationId\":\"a-1\",\"amount\":" + AMOUNT);
        told("payment.ReversalRequested", "\"operationId\":\"v-1\",\"kind\":\"voided\",\"amount\":" + AMOUNT);
        kept("a-1", "authorization", "authorized");
        kept("v-1", "void", "voided");
        told("payment.PaymentReversed", "\"operationId\":\"v-1\",\"kind\":\"voided\",\"amount\":" + AMOUNT);

        new LedgerAudit(ledger, false).judge(money, findings);

        assertThat(findings.violations(Invariant.M3)).isEmpty();
    }

    @Test
    void what_was_refused_to_us_must_not_stand_at_the_gateway() throws Exception {
        told("payment.PaymentRequested", "\"operationId\":\"a-1\",\"amount\":" + AMOUNT);
        told("payment.PaymentDeclined", "\"operationId\":\"a-1\"");
        kept("a-1", "authorization", "authorized");

        new LedgerAudit(ledger, false).judge(money, findings);

        assertThat(findings.violations(Invariant.M3)).hasSize(1);
    }

    @Test
    void what_is_wrong_is_told_in_the_currency_s_own_decimals() throws Exception {
        told("payment.PaymentRequested", "\"operationId\":\"a-1\",\"amount\":" + AMOUNT);
        told("payment.PaymentAuthorized", "\"operationId\":\"a-1\",\"amount\":" + AMOUNT);
        told("payment.PaymentCaptured", "\"operationId\":\"c-1\",\"amount\":" + AMOUNT.replace("1000", "2498"));
        kept("a-1", "authorization", "authorized");

        new LedgerAudit(ledger, false).judge(money, findings);

        assertThat(findings.violations(Invariant.M1)).singleElement().extracting(Findings.Violation::found)
                .isEqualTo("EUR 0.00, EUR 24.98, EUR 10.00 at event 0");
        assertThat(findings.violations(Invariant.M3)).singleElement().extracting(Findings.Violation::expected)
                .isEqualTo("CAPTURE of EUR 24.98 in the gateway's ledger");
        money.judge(findings);
        assertThat(findings.figures(Invariant.M1).get("captured")).hasToString("EUR 24.98");
        assertThat(JSON.writeValueAsString(findings.figures(Invariant.M1).get("captured"))).isEqualTo("{\"EUR\":2498}");
    }

    private void told(String type, String fields) throws JsonProcessingException {
        money.on(new StoredFact(0, "pay_1", 0, "2026-11-28T12:00:00Z", type,
                json("{\"paymentId\":\"pay_1\",\"orderId\":\"ord_1\"," + fields + "}")));
    }

    private void kept(String operation, String kind, String fact) throws JsonProcessingException {
        ledger.add(json("""
                {"operation_id":"%s","kind":"%s","fact":"%s","merchant_reference":"ord_1","authorization_id":"auth_1",
                 "amount":%s}""".formatted(operation, kind, fact, AMOUNT)));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }
}
