package io.orderflow.sandbox;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells whoever started the application with a sandbox gateway that cannot start what to do. */
class SandboxUnusableAnalyzer extends AbstractFailureAnalyzer<SandboxUnusableException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, SandboxUnusableException unusable) {
        return new FailureAnalysis(unusable.what(), unusable.cure() + System.lineSeparator()
                + "Without the sandbox: --orderflow.sandbox.embedded=false, and --orderflow.payment.gateway.url of another"
                + " gateway.", unusable);
    }
}
