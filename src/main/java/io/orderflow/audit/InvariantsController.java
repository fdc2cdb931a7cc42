package io.orderflow.audit;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether everything that must always be true is true of the store at this moment. */
@RestController
@RequestMapping("/v1/operations/invariants")
class InvariantsController {

    private static final int PATIENCE_SECONDS = 20;
    private static final String RETRY_SECONDS = "5";

    private final InvariantChecks checks;

    InvariantsController(InvariantChecks checks) {
        this.checks = checks;
    }

    /** Waits a while for the report; 202 with how far it has come when that is not enough. */
    @GetMapping
    ResponseEntity<Object> evaluate() throws InterruptedException, ExecutionException {
        var check = checks.current();
        try {
            Report report = check.report().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            checks.told(check);
            return ResponseEntity.ok(report);
        } catch (TimeoutException e) {
            return ResponseEntity.accepted().header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS).body(check.progress());
        } catch (ExecutionException e) {
            checks.told(check);
            throw e;
        }
    }
}
