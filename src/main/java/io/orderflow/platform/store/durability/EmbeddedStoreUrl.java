package io.orderflow.platform.store.durability;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Adds the H2 settings that the application relies on to the configured URL, so that operators only name the file.
 * Settings that are part of the URL stay as they are.
 */
final class EmbeddedStoreUrl implements EnvironmentPostProcessor {

    private static final String URL = "spring.datasource.url";
    private static final String EMBEDDED = "jdbc:h2:";
    private static final Map<String, String> SETTINGS = settings();

    private static Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("LOCK_TIMEOUT", "10000");
        settings.put("QUERY_TIMEOUT", "15000");
        // The application closes the store itself, after its last statement
        settings.put("DB_CLOSE_ON_EXIT", "FALSE");
        // Closing does not compact the file: H2Flush does, while it is in use (docs/adr/0008)
        settings.put("MAX_COMPACT_TIME", "0");
        // 2.4.240 evaluates EXISTS without the transaction's own changes (h2database/h2database#4299)
        settings.put("OPTIMIZE_REUSE_RESULTS", "FALSE");
        // No .trace.db beside the store: it would grow by a stack trace for each statement that fails
        settings.put("TRACE_LEVEL_FILE", "0");
        return settings;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String url = environment.getProperty(URL, "");
        if (url.startsWith(EMBEDDED)) {
            environment.getPropertySources().addFirst(new MapPropertySource("embedded store",
                    Map.of(URL, complete(url))));
        }
    }

    static String complete(String url) {
        String known = url.toUpperCase(Locale.ROOT);
        return url + SETTINGS.entrySet().stream().filter(setting -> !known.contains(';' + setting.getKey() + '='))
                .map(setting -> ';' + setting.getKey() + '=' + setting.getValue()).collect(Collectors.joining());
    }
}
