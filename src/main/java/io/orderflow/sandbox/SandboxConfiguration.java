package io.orderflow.sandbox;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;

/** Runs the sandbox gateway inside the application, from before the first gateway call until after the last one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "orderflow.sandbox.embedded", havingValue = "true", matchIfMissing = true)
@EnableConfigurationProperties(SandboxOptions.class)
class SandboxConfiguration implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxGateway.class);

    private final SandboxOptions options;
    private volatile @Nullable SandboxGateway gateway;

    SandboxConfiguration(SandboxOptions options) {
        this.options = options;
    }

    @Override
    public void start() {
        var started = SandboxGateway.start(options);
        LOG.info("Sandbox gateway on {}, ledger {}", started.url(), options.ledger());
        gateway = started;
    }

    @Override
    public void stop() {
        gateway.close();
        gateway = null;
    }

    @Override
    public boolean isRunning() {
        return gateway != null;
    }

    /** The lowest phase starts first and stops last. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
