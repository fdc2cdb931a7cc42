package io.orderflow.platform.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says of answers that every member is always there, and which can be null: no client has to guess. What is sent, too, as
 * money is, stays as it is.
 */
@SuppressWarnings("rawtypes")
final class ApiAnswers {

    private static final String NULL = "null";
    private static final String SCHEMAS = "#/components/schemas/";

    private final Map<String, List<String>> nulls;

    /** @param nulls members that can be null, by schema */
    ApiAnswers(Map<String, List<String>> nulls) {
        this.nulls = nulls;
    }

    void apply(OpenAPI api) {
        Map<String, Schema> schemas = api.getComponents().getSchemas();
        var asked = new TreeSet<String>();
        api.getPaths().values().stream().flatMap(path -> path.readOperations().stream())
                .map(Operation::getRequestBody).filter(body -> body != null)
                .forEach(body -> collect(body.getContent(), schemas, asked));
        var answered = new TreeMap<>(schemas);
        answered.keySet().removeAll(asked);
        answered.forEach((name, schema) -> {
            if (schema.getProperties() != null && schema.getRequired() == null) {
                describe(schema, nulls.getOrDefault(name, List.of()));
            }
        });
    }

    private static void collect(Content content, Map<String, Schema> schemas, Set<String> found) {
        content.values().stream().map(MediaType::getSchema).forEach(schema -> collect(schema, schemas, found));
    }

    private static void collect(Schema<?> schema, Map<String, Schema> schemas, Set<String> found) {
        if (schema == null) {
            return;
        }
        if (schema.get$ref() != null) {
            String name = schema.get$ref().substring(SCHEMAS.length());
            if (found.add(name)) {
                collect(schemas.get(name), schemas, found);
            }
        }
        collect(schema.getItems(), schemas, found);
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(member -> collect(member, schemas, found));
        }
    }

    private static void describe(Schema<?> schema, List<String> nullable) {
        Map<String, Schema> members = schema.getProperties();
        schema.setRequired(List.copyOf(members.keySet()));
        nullable.forEach(member -> members.computeIfPresent(member, (name, type) -> orNull(type)));
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() != null) {
            return new JsonSchema().anyOf(List.of(schema, new JsonSchema().types(Set.of(NULL))));
        }
        schema.addType(NULL);
        if (schema.getEnum() != null) {
            schema.addEnumItemObject(null);
        }
        return schema;
    }
}
