package io.orderflow.payment;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.orderflow.packaged.DemoUser;
import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.gateway.GatewayNotice;
import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.sandbox.SandboxGateway;
import io.orderflow.shared.PaymentId;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.MockMvcBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.TestPropertySource;

/** This module and the platform on a database in memory, with a real sandbox gateway: no order, no stock, no saga. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ApplicationModuleTest(extraIncludes = {"platform", "shared"})
@AutoConfigureMockMvc
@Import(PaymentModule.Surroundings.class)
@TestPropertySource(properties = {
        "spring.datasource.url=jdbc:h2:mem:payment;LOCK_TIMEOUT=10000",
        "orderflow.store.durability=best-effort",
        "orderflow.catch-up=20s",
        "orderflow.payment.gateway.response-timeout=2s",
        "orderflow.payment.gateway.refund-retry=100ms",
        "resilience4j.retry.configs.gateway.max-attempts=1"})
public @interface PaymentModule {

    @TestConfiguration
    class Surroundings {

        @Bean
        SandboxGateway sandbox() throws IOException {
            return SandboxGateway.start("--port=0", "--ledger=" + Files.createTempDirectory("sandbox").resolve("ledger.jsonl"),
                    "--silence=5s", "--pending=300ms");
        }

        @Bean
        MockMvcBuilderCustomizer staff() {
            return builder -> builder.defaultRequest(get("/").header("Authorization", DemoUser.STAFF.authorization()));
        }

        @Bean
        DynamicPropertyRegistrar gatewayUrl(SandboxGateway sandbox) {
            return properties -> properties.add("orderflow.payment.gateway.url", () -> "http://127.0.0.1:" + sandbox.port());
        }

        @Bean
        @Primary
        CrashingGateway crashingGateway(@Qualifier("paymentGateway") PaymentGateway gateway) {
            return new CrashingGateway(gateway);
        }
    }

    /** Dies, when told, with the gateway's answer in hand. */
    final class CrashingGateway implements PaymentGateway {

        private final PaymentGateway gateway;
        private volatile PaymentId victim;
        private volatile PaymentId last;

        CrashingGateway(PaymentGateway gateway) {
            this.gateway = gateway;
        }

        void afterNextCall(PaymentId payment) {
            victim = payment;
        }

        boolean happenedTo(PaymentId payment) {
            return payment.equals(last);
        }

        @Override
        public GatewayOutcome perform(GatewayOperation operation) {
            var outcome = gateway.perform(operation);
            if (operation.paymentId().equals(victim)) {
                victim = null;
                last = operation.paymentId();
                throw new IllegalStateException("Killed on purpose by a test");
            }
            return outcome;
        }

        @Override
        public Optional<GatewayOutcome> lookUp(GatewayOperation operation) {
            return gateway.lookUp(operation);
        }

        @Override
        public String name() {
            return gateway.name();
        }

        @Override
        public Stream<GatewayEntry> ledger(Instant since) {
            return gateway.ledger(since);
        }

        @Override
        public Optional<GatewayNotice> read(byte[] body, UnaryOperator<String> header) {
            return gateway.read(body, header);
        }
    }
}
