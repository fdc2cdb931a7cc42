package io.orderflow.platform.store;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells whoever started a second node under the id of a live one what to do. */
class DuplicateNodeAnalyzer extends AbstractFailureAnalyzer<DuplicateNodeException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, DuplicateNodeException duplicate) {
        return new FailureAnalysis(duplicate.getMessage(), "Give each node an " + NodeId.PROPERTY
                + " of its own, or none: then it gets a unique one at each start.", duplicate);
    }
}
