package io.orderflow.platform.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Every {@code code} that a problem document can have, from {@code problems.yaml}. */
final class ProblemCatalogue {

    private static final String SOURCE = "/problems.yaml";
    private static final Map<String, Entry> ENTRIES = read();

    private ProblemCatalogue() {
    }

    /**
     * One kind of problem.
     *
     * @param status     the HTTP status that it comes with
     * @param means      what has happened
     * @param remedy     what the caller can do about it
     * @param retryAfter seconds until it may have passed by itself, null when it does not
     */
    record Entry(String code, String status, String means, String remedy, Integer retryAfter) {
    }

    static Optional<Entry> find(String code) {
        return Optional.ofNullable(ENTRIES.get(code));
    }

    /** In the order of their codes. */
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
