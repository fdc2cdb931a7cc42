package io.orderflow.platform.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Serves {@code openapi.yaml}, a static resource, as JSON. */
@RestController
class ApiDescription {

    private static final String SOURCE = "/static/openapi.yaml";

    private final Supplier<byte[]> json;

    ApiDescription(ObjectMapper mapper) {
        json = SingletonSupplier.of(() -> read(mapper));
    }

    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] json() {
        return json.get();
    }

    private static byte[] read(ObjectMapper mapper) {
        try (InputStream source = ApiDescription.class.getResourceAsStream(SOURCE)) {
            return mapper.writeValueAsBytes(new Yaml(new SafeConstructor(new LoaderOptions())).load(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
