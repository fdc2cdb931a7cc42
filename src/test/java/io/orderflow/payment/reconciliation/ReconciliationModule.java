package io.orderflow.payment.reconciliation;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.orderflow.packaged.DemoUser;
import io.orderflow.payment.BothLedgers;
import io.orderflow.payment.ScriptedGateway;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.MockMvcBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestPropertySource;

/** Payments and the operators' API on a real database, with a gateway that tests write the ledger of. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ApplicationModuleTest(extraIncludes = {"platform", "shared", "operations"})
@AutoConfigureMockMvc
@Import({ReconciliationModule.Surroundings.class, BothLedgers.class})
@TestPropertySource(properties = {
        "spring.datasource.url=jdbc:h2:mem:reconciliation;LOCK_TIMEOUT=10000",
        "orderflow.store.durability=best-effort",
        "db-scheduler.polling-interval=20ms",
        "db-scheduler.heartbeat-interval=1s",
        "orderflow.payment.reconciliation.every=0"})
public @interface ReconciliationModule {

    @TestConfiguration(proxyBeanMethods = false)
    class Surroundings {

        @Bean
        @Primary
        ScriptedGateway scriptedGateway() {
            return new ScriptedGateway();
        }

        @Bean
        BothLedgers.Reports reports(ReconciliationRows rows) {
            return id -> id == null ? rows.latest() : rows.find(id);
        }

        /** The operators' API is for administrators. */
        @Bean
        MockMvcBuilderCustomizer administrator() {
            return builder -> builder.defaultRequest(get("/").header("Authorization", DemoUser.ADMIN.authorization()));
        }
    }
}
