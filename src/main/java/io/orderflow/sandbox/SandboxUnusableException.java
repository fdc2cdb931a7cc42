package io.orderflow.sandbox;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The sandbox gateway cannot use its port or its ledger. */
final class SandboxUnusableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String action;

    SandboxUnusableException(String problem, String action, Throwable cause) {
        super(problem + ". " + action, cause);
        this.problem = problem;
        this.action = action;
    }

    /** Explains the failed start of the application. */
    static final class Analyzer extends AbstractFailureAnalyzer<SandboxUnusableException> {

        @Override
        protected FailureAnalysis analyze(Throwable root, SandboxUnusableException unusable) {
            return new FailureAnalysis(unusable.problem, unusable.action + System.lineSeparator()
                    + "Without the sandbox: --orderflow.sandbox.embedded=false, and --orderflow.payment.gateway.url of"
                    + " another gateway.", unusable);
        }
    }
}
