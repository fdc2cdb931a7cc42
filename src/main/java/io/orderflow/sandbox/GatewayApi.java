package io.orderflow.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/** The gateway's HTTP face: finds who answers a request, and answers when nobody can. */
final class GatewayApi implements HttpHandler {

    private final OperationsApi operations;
    private final LedgerApi ledger;
    private final ChallengeApi challenges;
    private final ControlApi control;
    private final FaultyResponder wire;

    GatewayApi(Bank bank, FaultInjector adversary, FaultyResponder wire, String url) {
        this.operations = new OperationsApi(bank, adversary, wire, url);
        this.ledger = new LedgerApi(bank);
        this.challenges = new ChallengeApi(bank, wire);
        this.control = new ControlApi(adversary);
        this.wire = wire;
    }

    @Override
    public void handle(HttpExchange exchange) {
        try {
            answer(new Call(exchange));
        } catch (ApiError e) {
            wire.send(exchange, Reply.of(e));
        } catch (IOException e) {
            exchange.close();
        } catch (RuntimeException e) {
            System.getLogger(GatewayApi.class.getName()).log(System.Logger.Level.WARNING, "Unexpected failure", e);
            wire.send(exchange, new Reply(500, new ApiError.Body("internal_error", "The outcome is unknown; look it up")));
        }
    }

    private void answer(Call call) throws IOException {
        call.requireOwnPage();
        if (call.isBelow("v1", "operations") || call.isBelow("v1", "authorizations")) {
            operations.answer(call);
        } else if (call.isBelow("v1", "ledger") && call.path().size() == 2) {
            wire.send(call.exchange(), ledger.answer(call));
        } else if (call.isBelow("v1", "control") && call.path().size() == 2) {
            wire.send(call.exchange(), control.answer(call));
        } else if (call.isBelow("challenges")) {
            challenges.answer(call);
        } else {
            throw Call.notFound();
        }
    }
}
