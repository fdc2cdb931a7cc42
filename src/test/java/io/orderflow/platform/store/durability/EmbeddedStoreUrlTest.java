package io.orderflow.platform.store.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class EmbeddedStoreUrlTest {

    private static final String URL = "spring.datasource.url";

    @Test
    void adds_the_settings_that_the_application_relies_on() {
        assertThat(completed("jdbc:h2:retry:./data/orderflow")).startsWith("jdbc:h2:retry:./data/orderflow;")
                .contains(";MAX_COMPACT_TIME=0").contains(";TRACE_LEVEL_FILE=0").contains(";OPTIMIZE_REUSE_RESULTS=FALSE")
                .contains(";LOCK_TIMEOUT=10000").contains(";QUERY_TIMEOUT=15000").contains(";DB_CLOSE_ON_EXIT=FALSE");
    }

    @Test
    void keeps_settings_of_the_operator() {
        assertThat(completed("jdbc:h2:retry:./x;lock_timeout=5;TRACE_LEVEL_FILE=1"))
                .containsOnlyOnce("TRACE_LEVEL_FILE").containsIgnoringCase("lock_timeout=5").doesNotContain("LOCK_TIMEOUT=");
    }

    @Test
    void does_not_change_the_url_of_a_server() {
        assertThat(completed("jdbc:postgresql://localhost/orderflow")).isEqualTo("jdbc:postgresql://localhost/orderflow");
    }

    private static String completed(String url) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", Map.of(URL, url)));
        new EmbeddedStoreUrl().postProcessEnvironment(environment, null);
        return environment.getProperty(URL);
    }
}
