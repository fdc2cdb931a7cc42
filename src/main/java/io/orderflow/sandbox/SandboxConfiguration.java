package io.orderflow.sandbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the sandbox gateway inside the application unless it runs elsewhere. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "orderflow.sandbox.embedded", havingValue = "true", matchIfMissing = true)
@EnableConfigurationProperties(SandboxProperties.class)
class SandboxConfiguration {

    @Bean
    EmbeddedSandbox embeddedSandbox(SandboxProperties properties) {
        return new EmbeddedSandbox(properties);
    }

    /** There before the first worker calls it, and until the last one is done. */
    static final class EmbeddedSandbox implements SmartLifecycle {

        private static final Logger LOG = LoggerFactory.getLogger(SandboxGateway.class);

        private final SandboxProperties properties;
        private volatile SandboxGateway gateway;

        EmbeddedSandbox(SandboxProperties properties) {
            this.properties = properties;
        }

        @Override
        public void start() {
            gateway = SandboxGateway.start(properties.port(), properties.ledger(), properties.timing(),
                    properties.receiver());
            LOG.info("Sandbox gateway on {}, ledger {}", gateway.url(), properties.ledger());
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
}
