package io.orderflow.platform.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class NodeIdTest {

    @Test
    void is_different_at_each_start() {
        var ids = new HashSet<>(Stream.generate(NodeId::unique).limit(3).toList());

        assertThat(ids).hasSize(3).allMatch(id -> id.length() <= NodeId.MAX_LENGTH)
                .allMatch(id -> id.matches(".+-" + ProcessHandle.current().pid() + "-[0-9a-f]{6}"));
    }

    @Test
    void is_the_same_everywhere_in_one_process() {
        var environment = new StandardEnvironment();
        new NodeId().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("orderflow.node-id"))
                .isEqualTo(environment.resolvePlaceholders("${orderflow.node-id}"));
    }

    @Test
    void is_taken_from_the_configuration() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addLast(new MapPropertySource("configured",
                Map.of("orderflow.node-id", "shelf-1")));
        new NodeId().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("orderflow.node-id")).isEqualTo("shelf-1");
    }
}
