package io.orderflow.payment.reconciliation;

import io.orderflow.payment.command.StartReconciliation;
import io.orderflow.payment.query.FindReconciliation;
import io.orderflow.payment.query.ReconciliationView;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.RequestIdentity;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Comparisons of our ledger with the gateway's: the last one, any one, and a new one. */
@RestController
@RequestMapping(ReconciliationController.PATH)
class ReconciliationController {

    static final String PATH = "/v1/operations/reconciliation";

    private static final String RETRY_SECONDS = "1";
    private static final int QUERY_SECONDS = 2;
    private static final int COMMAND_SECONDS = 10;

    private final CommandGateway commands;
    private final QueryGateway queries;

    ReconciliationController(CommandGateway commands, QueryGateway queries) {
        this.commands = commands;
        this.queries = queries;
    }

    /** @param since UTC; left out for the usual window */
    record ReconciliationRequest(Instant since) {
    }

    @GetMapping
    ReconciliationView latest() {
        return find(null).orElseThrow(() -> new Refusal(Refusal.Kind.NOT_FOUND, "no_reconciliation",
                "There was no reconciliation yet; POST to %s starts one.".formatted(PATH)));
    }

    @GetMapping("/{id}")
    ReconciliationView one(@PathVariable String id) {
        return find(id).orElseThrow(() -> new Refusal(Refusal.Kind.NOT_FOUND, "unknown_reconciliation",
                "There is no reconciliation '%s'; the last hundred are kept.".formatted(id)));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<ReconciliationView> start(@RequestBody(required = false) ReconciliationRequest body,
            RequestIdentity request) {
        ReconciliationView started = commands.sendAndWait(new StartReconciliation(request.id("rec_"),
                body == null ? null : body.since()), COMMAND_SECONDS, TimeUnit.SECONDS);
        return ResponseEntity.accepted().header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .location(URI.create(PATH + '/' + started.id())).body(started);
    }

    private Optional<ReconciliationView> find(String id) {
        return queries.query(new FindReconciliation(id), ResponseTypes.optionalInstanceOf(ReconciliationView.class))
                .orTimeout(QUERY_SECONDS, TimeUnit.SECONDS).join();
    }
}
