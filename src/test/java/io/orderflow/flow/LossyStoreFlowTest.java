package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.OrderflowApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LossyStoreFlowTest {

    @Test
    void does_not_start_on_a_store_that_loses_and_says_what_to_do(CapturedOutput output) {
        assertThatThrownBy(() -> SpringApplication.run(OrderflowApplication.class,
                "--spring.datasource.url=jdbc:h2:mem:lossy", "--server.port=0", "--orderflow.sandbox.embedded=false"))
                .hasStackTraceContaining("in memory and is lost with the process");

        assertThat(output).contains("APPLICATION FAILED TO START")
                .contains("Use an H2 file (jdbc:h2:retry:./data/orderflow) or PostgreSQL.")
                .contains("--orderflow.store.durability=best-effort");
    }
}
