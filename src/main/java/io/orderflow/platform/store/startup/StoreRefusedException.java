package io.orderflow.platform.store.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The application does not start on the configured store: it would lose data, or another node uses the same id. */
public final class StoreRefusedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    public StoreRefusedException(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    /** Prints the problem and its remedy instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<StoreRefusedException> {

        @Override
        protected FailureAnalysis analyze(Throwable root, StoreRefusedException refused) {
            return new FailureAnalysis(refused.getMessage(), refused.remedy, refused);
        }
    }
}
