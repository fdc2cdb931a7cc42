package io.orderflow.platform.web.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Every {@code code} of a problem document, from {@code problems.yaml}. */
final class ProblemCatalogue {

    private static final String SOURCE = "/problems.yaml";
    private static final Map<String, Entry> ENTRIES = read();

    private ProblemCatalogue() {
    }

    /**
     * One kind of problem.
     *
     * @param retryAfter seconds after which the same request may succeed
     */
    record Entry(String code, String status, String means, String remedy, @Nullable Integer retryAfter) {
    }

    static Optional<Entry> find(String code) {
        return Optional.ofNullable(ENTRIES.get(code));
    }

    /** Sorted by code. */
    static Collection<Entry> all() {
        return ENTRIES.values();
    }

    private static Map<String, Entry> read() {
        try (InputStream source = ProblemCatalogue.class.getResourceAsStream(SOURCE)) {
            Map<String, Map<String, Object>> written = new Yaml(new SafeConstructor(new LoaderOptions())).load(source);
            var entries = new TreeMap<String, Entry>();
            written.forEach((code, entry) -> entries.put(code, new Entry(code, entry.get("status").toString(),
                    entry.get("means").toString(), entry.get("remedy").toString(),
                    (Integer) entry.get("retry_after"))));
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
