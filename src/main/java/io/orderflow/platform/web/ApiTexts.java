package io.orderflow.platform.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The words of the API description, from {@code api.yaml}.
 *
 * @param operations by method and path, such as {@code GET /v1/orders}
 * @param tags       what each tag is about
 * @param nulls      members of answers that can be null, by schema
 * @param examples   one for each schema that has one
 */
record ApiTexts(Map<String, Text> operations, Map<String, String> tags, Map<String, List<String>> nulls,
        Map<String, Object> examples) {

    private static final String SOURCE = "/api.yaml";

    /** What is said of one operation. */
    record Text(String id, String summary, String description) {
    }

    static ApiTexts read() {
        try (InputStream source = ApiTexts.class.getResourceAsStream(SOURCE)) {
            Map<String, Object> written = new Yaml(new SafeConstructor(new LoaderOptions())).load(source);
            return new ObjectMapper().convertValue(written, ApiTexts.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
