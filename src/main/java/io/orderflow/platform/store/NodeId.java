package io.orderflow.platform.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives the node an id unless the configuration has one: host, process and a random suffix, because processes of
 * containers often have the same number. A placeholder in the configuration would be another value at each use.
 */
final class NodeId implements EnvironmentPostProcessor {

    static final String PROPERTY = "orderflow.node-id";

    /** As long as db-scheduler keeps the name of who works on a task. */
    static final int LONGEST = 50;
    private static final int LONGEST_HOST = 30;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("node id", Map.of(PROPERTY, unique())));
    }

    static String unique() {
        String host = host();
        return "%s-%s-%06x".formatted(host.substring(0, Math.min(host.length(), LONGEST_HOST)),
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
