package io.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mock.env.MockEnvironment;

class CallbackSecretTest {

    private static final String PROPERTY = "orderflow.sandbox.callback-secret";

    @Test
    void is_another_in_each_process() {
        String secret = with(new StandardEnvironment());

        assertThat(secret).hasSize(64).isNotEqualTo(with(new StandardEnvironment()));
    }

    @Test
    void is_the_one_that_is_configured() {
        assertThat(with(new MockEnvironment().withProperty(PROPERTY, "whsec_mine"))).isEqualTo("whsec_mine");
    }

    private static String with(ConfigurableEnvironment environment) {
        new CallbackSecret().postProcessEnvironment(environment, null);
        return environment.getProperty(PROPERTY);
    }
}
