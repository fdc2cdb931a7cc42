package io.orderflow.flow;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What of a new API description breaks callers of the old one: something they use is gone or of another type, or
 * something they send is no longer enough or no longer allowed.
 *
 * <p>Written by hand because openapi-diff, the usual library, does not see a changed type in OpenAPI 3.1 (its issues
 * 745 and 910). New values of an enumeration in an answer are no break: callers are told to expect them. Other changes of
 * a type are, as is null in an answer that had none.
 */
final class ApiChanges {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PARAMETERS = "parameters";
    private static final List<String> UPPER_BOUNDS = List.of("maxLength", "maxItems", "maximum");
    private static final List<String> LOWER_BOUNDS = List.of("minLength", "minItems", "minimum");

    private final JsonNode before;
    private final JsonNode after;
    private final List<String> breaks = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private ApiChanges(JsonNode before, JsonNode after) {
        this.before = before;
        this.after = after;
    }

    /** Each break with its place; empty when the new description is compatible. */
    static List<String> breaking(JsonNode before, JsonNode after) {
        var changes = new ApiChanges(before, after);
        before.path("paths").fields().forEachRemaining(path -> changes.path(path.getKey(), path.getValue(),
                after.path("paths").path(path.getKey())));
        return changes.breaks;
    }

    private void path(String path, JsonNode old, JsonNode now) {
        parameters(path, old.path(PARAMETERS), now.path(PARAMETERS));
        old.fields().forEachRemaining(method -> {
            if (!method.getKey().equals(PARAMETERS)) {
                operation(method.getKey().toUpperCase(Locale.ROOT) + ' ' + path, method.getValue(),
                        now.path(method.getKey()));
            }
        });
    }

    private void operation(String where, JsonNode old, JsonNode now) {
        if (now.isMissingNode()) {
            breaks.add(where + " is gone");
            return;
        }
        parameters(where, old.path(PARAMETERS), now.path(PARAMETERS));
        if (!old.path("requestBody").path("required").asBoolean()
                && now.path("requestBody").path("required").asBoolean()) {
            breaks.add(where + " needs a body");
        }
        content(where + " body", old.path("requestBody").path("content"),
                now.path("requestBody").path("content"), true);
        old.path("responses").fields().forEachRemaining(answer -> {
            if (answer.getKey().startsWith("2")) {
                JsonNode same = now.path("responses").path(answer.getKey());
                if (same.isMissingNode()) {
                    breaks.add(where + " answers " + answer.getKey() + " no more");
                } else {
                    content(where + ' ' + answer.getKey(), answer.getValue().path("content"), same.path("content"),
                            false);
                }
            }
        });
    }

    private void parameters(String where, JsonNode olds, JsonNode nows) {
        List<JsonNode> old = StreamSupport.stream(olds.spliterator(), false).map(each -> resolved(before, each)).toList();
        List<JsonNode> now = StreamSupport.stream(nows.spliterator(), false).map(each -> resolved(after, each)).toList();
        for (JsonNode parameter : old) {
            JsonNode same = named(now, parameter);
            String what = where + " parameter " + parameter.path("name").asText();
            if (same.isMissingNode()) {
                breaks.add(what + " is gone");
            } else {
                schema(what, parameter.path("schema"), same.path("schema"), true);
            }
        }
        for (JsonNode parameter : now) {
            if (parameter.path("required").asBoolean() && !named(old, parameter).path("required").asBoolean()) {
                breaks.add(where + " parameter " + parameter.path("name").asText() + " is required");
            }
        }
    }

    private static JsonNode named(List<JsonNode> parameters, JsonNode like) {
        return parameters.stream().filter(parameter -> parameter.path("name").equals(like.path("name"))
                && parameter.path("in").equals(like.path("in"))).findFirst().orElse(MissingNode.getInstance());
    }

    private void content(String where, JsonNode old, JsonNode now, boolean sent) {
        old.fields().forEachRemaining(type -> {
            if (now.has(type.getKey())) {
                schema(where, type.getValue().path("schema"), now.path(type.getKey()).path("schema"), sent);
            } else {
                breaks.add(where + " is no longer " + type.getKey());
            }
        });
    }

    private void schema(String where, JsonNode oldSchema, JsonNode newSchema, boolean sent) {
        JsonNode old = resolved(before, oldSchema);
        JsonNode now = resolved(after, newSchema);
        if (oldSchema.has("$ref") && !seen.add(oldSchema.toString() + sent)) {
            return;
        }
        Set<String> types = types(sent ? old : now);
        types.removeAll(types(sent ? now : old));
        if (!types.isEmpty() || !old.path("format").equals(now.path("format"))) {
            breaks.add(where + " has another type");
        }
        if (sent) {
            narrowed(where, old, now);
        }
        properties(where, old, now, sent);
        if (old.has("items")) {
            schema(where + "[]", old.path("items"), now.path("items"), sent);
        }
    }

    private void properties(String where, JsonNode old, JsonNode now, boolean sent) {
        old.path("properties").fields().forEachRemaining(property -> {
            JsonNode same = now.path("properties").path(property.getKey());
            if (same.isMissingNode()) {
                breaks.add(where + '.' + property.getKey() + " is gone");
            } else {
                schema(where + '.' + property.getKey(), property.getValue(), same, sent);
            }
        });
        Set<String> needed = texts((sent ? now : old).path("required"));
        needed.removeAll(texts((sent ? old : now).path("required")));
        needed.forEach(property -> breaks.add(where + '.' + property + (sent ? " is required" : " may be missing")));
    }

    private void narrowed(String where, JsonNode old, JsonNode now) {
        UPPER_BOUNDS.stream().filter(bound -> now.has(bound)
                        && now.path(bound).asDouble() < old.path(bound).asDouble(Double.MAX_VALUE))
                .forEach(bound -> breaks.add(where + " has a lower " + bound));
        LOWER_BOUNDS.stream().filter(bound -> now.path(bound).asDouble(-Double.MAX_VALUE)
                        > old.path(bound).asDouble(bound.equals("minimum") ? -Double.MAX_VALUE : 0))
                .forEach(bound -> breaks.add(where + " has a higher " + bound));
        if (now.has("pattern") && !now.path("pattern").equals(old.path("pattern"))) {
            breaks.add(where + " has another pattern");
        }
        Set<String> gone = texts(old.path("enum"));
        gone.removeAll(texts(now.path("enum")));
        if (now.has("enum") && (!old.has("enum") || !gone.isEmpty())) {
            breaks.add(where + " allows fewer values");
        }
    }

    private static Set<String> texts(JsonNode list) {
        var texts = new HashSet<String>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    static Set<String> types(JsonNode schema) {
        return schema.path("type").isTextual() ? new HashSet<>(Set.of(schema.path("type").asText()))
                : texts(schema.path("type"));
    }

    /** What a reference leads to, with what stands beside it; of what may be null the other alternative, which may, too. */
    static JsonNode resolved(JsonNode api, JsonNode schema) {
        if (schema.has("anyOf")) {
            ObjectNode nullable = resolved(api, schema.path("anyOf").path(0)).deepCopy();
            var types = JSON.createArrayNode().add("null");
            types(nullable).forEach(types::add);
            return nullable.set("type", types);
        }
        if (!schema.has("$ref")) {
            return schema;
        }
        try {
            JsonNode target = resolved(api, api.at(schema.path("$ref").asText().substring(1)));
            return JSON.updateValue(target.deepCopy(), schema);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
