package io.orderflow.payment.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.gateway.GatewaySettings;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a gateway's ledger is read over HTTP. */
class HttpLedgerTest {

    static final Instant SINCE = Instant.parse("2026-11-01T00:00:00Z");
    static final String QUERY = "since=2026-11-01T00:00:00Z&limit=500";

    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A reader that never ends would not fail its test. */
    static final int MOST_QUESTIONS = 5;

    private final List<String> questions = new ArrayList<>();
    private Map<String, String> pages;
    private HttpServer server;
    private HttpPaymentGateway gateway;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/ledger", exchange -> {
            questions.add(exchange.getRequestURI().getQuery());
            byte[] page = (questions.size() > MOST_QUESTIONS ? "[]"
                    : pages.getOrDefault(exchange.getRequestURI().getQuery(), "[]")).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        gateway = new HttpPaymentGateway(new GatewaySettings("sandbox",
                "http://127.0.0.1:" + server.getAddress().getPort(), PATIENCE, PATIENCE, "whsec_test", PATIENCE),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void is_read_page_by_page_to_its_end() {
        pages = Map.of(QUERY, '[' + entry("op-1", "authorization", "succeeded") + ','
                        + entry("op-2", "capture", "action_required") + ']',
                QUERY + "&after=op-2", '[' + entry("op-3", "refund", "failed") + ']');

        try (var ledger = gateway.ledger(SINCE)) {
            assertThat(ledger).containsExactly(
                    entry("op-1", Kind.AUTHORIZE, OperationStatus.SUCCEEDED),
                    entry("op-2", Kind.CAPTURE, OperationStatus.ACTION_REQUIRED),
                    entry("op-3", Kind.REFUND, OperationStatus.FAILED));
        }
        assertThat(questions).containsExactly(QUERY, QUERY + "&after=op-2", QUERY + "&after=op-3");
    }

    @Test
    void is_given_up_when_it_does_not_go_on() {
        var page = '[' + entry("op-1", "capture", "succeeded") + ']';
        pages = Map.of(QUERY, page, QUERY + "&after=op-1", page);

        try (var ledger = gateway.ledger(SINCE)) {
            assertThatExceptionOfType(AnswerUnknownException.class).isThrownBy(() -> ledger.forEach(entry -> { }))
                    .withMessageContaining("does not go on after the operation op-1");
        }
        assertThat(questions).hasSize(2);
    }

    private static String entry(String id, String kind, String status) {
        return """
                {"operation_id":"%s","authorization_id":"auth_1","merchant_reference":"ord_1","kind":"%s","fact":"x",
                 "status":"%s","amount":{"currency":"EUR","amount":1000},"code":null,"at":"2026-11-02T00:00:00Z"}"""
                .formatted(id, kind, status);
    }

    private static GatewayEntry entry(String id, Kind kind, OperationStatus status) {
        return new GatewayEntry(id, "auth_1", kind, new Money("EUR", 1000), status,
                Instant.parse("2026-11-02T00:00:00Z"));
    }
}
