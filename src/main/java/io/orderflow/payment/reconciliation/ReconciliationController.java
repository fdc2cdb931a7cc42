package io.orderflow.payment.reconciliation;

import io.orderflow.payment.command.StartReconciliation;
import io.orderflow.payment.query.ReconciliationView;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.RequestIdentity;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
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

/** Shows and starts reconciliations. */
@RestController
@RequestMapping(ReconciliationController.PATH)
class ReconciliationController {

    static final String PATH = "/v1/operations/reconciliation";

    private static final String RETRY_SECONDS = "1";
    private static final int COMMAND_SECONDS = 10;

    private final CommandGateway commands;
    private final ReconciliationRows rows;

    ReconciliationController(CommandGateway commands, ReconciliationRows rows) {
        this.commands = commands;
        this.rows = rows;
    }

    /** @param since UTC; absent for the default window */
    record ReconciliationRequest(@Nullable Instant since) {
    }

    @GetMapping
    ReconciliationView latest() {
        return rows.latest().orElseThrow(() -> new Refusal(Refusal.Kind.NOT_FOUND, "no_reconciliation",
                "There is no reconciliation yet; POST to %s starts one.".formatted(PATH)));
    }

    @GetMapping("/{id}")
    ReconciliationView one(@PathVariable String id) {
        return rows.find(id).orElseThrow(() -> new Refusal(Refusal.Kind.NOT_FOUND, "unknown_reconciliation",
                "There is no reconciliation '%s'; the last hundred are kept.".formatted(id)));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<ReconciliationView> start(@RequestBody(required = false) @Nullable ReconciliationRequest body,
            RequestIdentity request) {
        ReconciliationView started = commands.sendAndWait(new StartReconciliation(request.id("rec_"),
                body == null ? null : body.since()), COMMAND_SECONDS, TimeUnit.SECONDS);
        return ResponseEntity.accepted().header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .location(URI.create(PATH + '/' + started.id())).body(started);
    }
}
