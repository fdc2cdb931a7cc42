package io.orderflow.platform.store.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Default of the node's id: host, process id and a random suffix, because processes in containers often have the same
 * id. A {@code ${random…}} placeholder in the configuration would have another value at each use.
 */
final class NodeId implements EnvironmentPostProcessor {

    static final String PROPERTY = "orderflow.node-id";

    /** The size of db-scheduler's {@code picked_by}. */
    static final int MAX_LENGTH = 50;
    private static final int MAX_HOST_LENGTH = 30;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("node id", Map.of(PROPERTY, unique())));
    }

    static String unique() {
        String host = host();
        return "%s-%s-%06x".formatted(host.substring(0, Math.min(host.length(), MAX_HOST_LENGTH)),
                ProcessHandle.current().pid(), ThreadLocalRandom.current().nextInt(1 << 24));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
