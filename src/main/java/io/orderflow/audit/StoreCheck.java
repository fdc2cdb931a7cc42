package io.orderflow.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * {@code java -jar orderflow.jar check}: evaluates the invariants of a store whose application is stopped.
 *
 * <p>Takes the application's options for the store, {@code --gateway-ledger=<file>} and {@code --json}. Its exit code
 * is 0 when all hold, 1 when some are violated, 2 when it could not check. It changes nothing.
 */
public final class StoreCheck {

    private static final int VIOLATED = 1;
    private static final int NOT_CHECKED = 2;

    private StoreCheck() {
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(DataSourceProperties.class)
    static class Settings {
    }

    /** Checks, and ends the process. */
    public static void run(String... arguments) {
        System.exit(check(new PrintStream(System.out, true, StandardCharsets.UTF_8), arguments));
    }

    /** @return the exit code */
    public static int check(PrintStream out, String... arguments) {
        var application = new SpringApplication(Settings.class, JacksonAutoConfiguration.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(Map.of("logging.level.root", "error"));
        try (var context = application.run(arguments)) {
            Environment environment = context.getEnvironment();
            var store = context.getBean(DataSourceProperties.class);
            Instant now = Instant.ofEpochMilli(context.getStartupDate());
            Report report = audit(store, environment, now);
            out.println(!environment.containsProperty("json") ? report.text() : context.getBean(ObjectMapper.class)
                    .writerWithDefaultPrettyPrinter().writeValueAsString(report));
            return report.holds() ? 0 : VIOLATED;
        } catch (Exception failure) {
            System.err.println("The check was not possible: " + explanation(failure));
            return NOT_CHECKED;
        }
    }

    private static Report audit(DataSourceProperties store, Environment environment, Instant now) throws SQLException {
        String url = store.determineUrl();
        String existing = url.startsWith("jdbc:h2:") ? url + ";IFEXISTS=TRUE" : url;
        var snapshots = new Snapshots(existing, store.determineUsername(), store.determinePassword());
        String ledger = environment.getProperty("gateway-ledger");
        try (Connection snapshot = snapshots.open()) {
            return new Auditor(snapshot).audit(() -> ledger == null ? GatewayLedger.of(environment)
                    : GatewayLedger.read(Path.of(ledger)), now, false, read -> { });
        }
    }

    private static String explanation(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("already in use")) {
            return "the store is in use; ask the running application at /v1/operations/invariants, or stop it. ("
                    + message + ")";
        }
        return message;
    }
}
