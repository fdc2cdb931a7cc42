package io.orderflow.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What {@code docs/openapi.json} promises of an answer: its status, every member and no other, of the right type, and
 * null only where that is said.
 */
final class PublishedApi {

    private static final String PLACE = "https://orderflow.example/openapi.json";
    private static final JsonNode DOCUMENT = read();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012, factory ->
            factory.schemaLoaders(loaders -> loaders.schemas(Map.of(PLACE, DOCUMENT.toString()))));
    private static final Map<String, JsonSchema> KNOWN = new ConcurrentHashMap<>();

    private PublishedApi() {
    }

    /** Where an answer is another than is promised, in words; empty for requests that are not described at all. */
    static List<String> breaches(String method, String path, int status, String mediaType, JsonNode body) {
        String operation = pathOf(path);
        JsonNode answers = DOCUMENT.path("paths").path(operation).path(method.toLowerCase(Locale.ROOT)).path("responses");
        if (answers.isMissingNode()) {
            return List.of();
        }
        JsonNode answer = answers.path(String.valueOf(status));
        if (answer.isMissingNode()) {
            return List.of("%s %s answers %d, which is not described".formatted(method, operation, status));
        }
        String pointer = answer.has("$ref") ? answer.path("$ref").asText().substring(1)
                : "/paths/%s/%s/responses/%d".formatted(escaped(operation), method.toLowerCase(Locale.ROOT), status);
        String schema = pointer + "/content/" + escaped(mediaType) + "/schema";
        if (DOCUMENT.at(schema).isMissingNode()) {
            return List.of("%s %s answers %d with %s, which is not described".formatted(method, operation, status,
                    mediaType));
        }
        return KNOWN.computeIfAbsent(schema, place -> SCHEMAS.getSchema(SchemaLocation.of(PLACE + '#' + place)))
                .validate(body).stream().map(ValidationMessage::toString)
                .map(breach -> "%s %s %d: %s".formatted(method, operation, status, breach)).toList();
    }

    /** The described path, or the given one when none fits. */
    private static String pathOf(String path) {
        String bare = path.replaceFirst("\\?.*", "");
        return StreamSupport.stream(((Iterable<String>) () -> DOCUMENT.path("paths").fieldNames()).spliterator(), false)
                .filter(described -> Pattern.matches(described.replaceAll("\\{\\w+}", "[^/]+"), bare))
                .min((one, other) -> Integer.compare(one.split("\\{").length, other.split("\\{").length)).orElse(bare);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static JsonNode read() {
        try {
            JsonNode document = new ObjectMapper().readTree(Files.readString(Path.of("docs/openapi.json")));
            document.path("components").path("schemas").forEach(PublishedApi::close);
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The description lets answers have more members, since they may get some; those they have today are in it. */
    private static void close(JsonNode schema) {
        if (schema.has("properties") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
    }
}
