package io.orderflow.platform.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports how to start safely in place of a stack trace. */
class ExposedDemoUsersAnalyzer extends AbstractFailureAnalyzer<DemoUsers.ExposedException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, DemoUsers.ExposedException exposed) {
        return new FailureAnalysis(exposed.getMessage(), String.join(System.lineSeparator(),
                "Configure your own users in orderflow.security.users, with bcrypt hashes of their passwords"
                        + " (docs/access.md), or listen on this machine only: --server.address=127.0.0.1",
                "If the address is protected otherwise, such as in a container that only this machine reaches:"
                        + " --orderflow.security.demo-users-everywhere=true"), exposed);
    }
}
