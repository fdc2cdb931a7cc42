package io.orderflow.platform.security;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Generates the secret with which the embedded sandbox gateway signs its callbacks, unless one is configured. It is
 * known to this process only.
 */
class CallbackSecret implements EnvironmentPostProcessor {

    private static final int BYTES = 32;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        environment.getPropertySources().addLast(new MapPropertySource("callback secret of this process",
                Map.of("orderflow.sandbox.callback-secret", HexFormat.of().formatHex(secret))));
    }
}
