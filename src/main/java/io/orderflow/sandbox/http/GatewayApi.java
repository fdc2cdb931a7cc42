package io.orderflow.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.orderflow.sandbox.bank.Bank;
import io.orderflow.sandbox.fault.FaultInjector;
import io.orderflow.sandbox.fault.FaultSettings;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Routes requests, and answers those for the ledger and the fault settings. */
public final class GatewayApi implements HttpHandler {

    private final OperationsApi operations;
    private final ChallengePages challenges;
    private final Bank bank;
    private final FaultInjector injector;
    private final Responder responder;

    /** @param url the gateway's own address */
    public GatewayApi(Bank bank, FaultInjector injector, Responder responder, String url) {
        this.operations = new OperationsApi(bank, injector, url);
        this.challenges = new ChallengePages(bank);
        this.bank = bank;
        this.injector = injector;
        this.responder = responder;
    }

    @Override
    public void handle(HttpExchange exchange) {
        try {
            responder.send(exchange, answer(new Call(exchange)));
        } catch (ApiException e) {
            responder.send(exchange, e.reply());
        } catch (IOException e) {
            exchange.close();
        } catch (RuntimeException e) {
            System.getLogger(GatewayApi.class.getName()).log(System.Logger.Level.WARNING, "Unexpected failure", e);
            responder.send(exchange, Reply.error(500, "internal_error", "The outcome is unknown; look it up"));
        }
    }

    private Reply answer(Call call) throws IOException {
        call.requireOwnPage();
        if (call.isBelow("v1", "operations") || call.isBelow("v1", "authorizations")) {
            return operations.answer(call);
        } else if (call.isBelow("v1", "ledger") && call.path().size() == 2) {
            return ledger(call);
        } else if (call.isBelow("v1", "control") && call.path().size() == 2) {
            return control(call);
        } else if (call.isBelow("challenges")) {
            return challenges.answer(call);
        }
        throw ApiException.notFound();
    }

    private Reply control(Call call) throws IOException {
        call.requireMethod("GET", "PUT", "DELETE");
        if (call.method().equals("PUT")) {
            injector.apply(Call.read(call.body(), FaultSettings.class));
        } else if (call.method().equals("DELETE")) {
            injector.apply(FaultSettings.NONE);
        }
        return Reply.ok(injector.settings());
    }

    private Reply ledger(Call call) {
        call.requireMethod("GET");
        var query = call.query(Set.of("since", "after", "limit"));
        var after = query.get("after");
        if (after != null && bank.find(after).isEmpty()) {
            throw ApiException.badRequest("after names an operation that is not in the ledger");
        }
        var limit = query.getOrDefault("limit", "999999999");
        if (!limit.matches("[0-9]{1,9}") || Integer.parseInt(limit) < 1) {
            throw ApiException.badRequest("limit must be a positive number");
        }
        try {
            var since = Optional.ofNullable(query.get("since")).map(Instant::parse).orElse(null);
            return Reply.ok(bank.entries(after, since, Integer.parseInt(limit)));
        } catch (DateTimeException e) {
            throw ApiException.badRequest("since must be an instant like 2026-01-31T12:00:00Z");
        }
    }
}
