package io.orderflow.platform.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells whoever started the application with demo users at an open address what to do. */
class ExposedDemoUsersAnalyzer extends AbstractFailureAnalyzer<ExposedDemoUsersException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, ExposedDemoUsersException exposed) {
        return new FailureAnalysis(exposed.getMessage(), String.join(System.lineSeparator(),
                "Name users of your own by orderflow.security.users, with bcrypt hashes of their passwords"
                        + " (docs/access.md), or listen at this machine only: --server.address=127.0.0.1",
                "If something else keeps others away, such as a container that only this machine reaches, say so:"
                        + " --orderflow.security.demo-users-everywhere=true"), exposed);
    }
}
