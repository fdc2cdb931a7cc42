package io.orderflow.audit;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the invariants hold for the store at this moment. */
@RestController
@RequestMapping("/v1/operations/invariants")
class InvariantsController {

    private static final int TIMEOUT_SECONDS = 20;
    private static final String RETRY_SECONDS = "5";

    private final InvariantAudits audits;

    InvariantsController(InvariantAudits audits) {
        this.audits = audits;
    }

    /** The report, or 202 with the progress when the audit takes too long. */
    @GetMapping
    ResponseEntity<Object> evaluate() throws InterruptedException, ExecutionException {
        var audit = audits.current();
        try {
            Report report = audit.report.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            audit.markDelivered();
            return ResponseEntity.ok(report);
        } catch (TimeoutException e) {
            return ResponseEntity.accepted().header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS).body(audit.progress());
        } catch (ExecutionException e) {
            audit.markDelivered();
            throw e;
        }
    }
}
