package io.orderflow.platform.store;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells whoever started the application with a lossy store what to do. */
class LossyStoreAnalyzer extends AbstractFailureAnalyzer<LossyStoreException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, LossyStoreException lossy) {
        return new FailureAnalysis(lossy.getMessage(), lossy.cure() + System.lineSeparator()
                + "If losing orders and payments does not matter here, say so:"
                + " --orderflow.store.durability=best-effort", lossy);
    }
}
