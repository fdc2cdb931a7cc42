package io.orderflow.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Values at the bounds that a description states, within them and beyond: what is allowed, the description itself says. */
final class Probes {

    private static final JsonNodeFactory JSON = new ObjectMapper().getNodeFactory();
    private static final String EMOJI = "\uD83C\uDF75";
    private static final List<String> TEXTS = List.of("", " ", "\t \n", "x", " x ", "\u00e9", "\u00a0", "\u0000", "x\u001b",
            "x\u0085x", "x\u007f", "-", "AAAA", "eur", "nonsense", "2026-11-24", "2026-11-24T00:00:00Z",
            "2026-11-24T00:00:00", "2026-11-24T00:00:00+01:00", "ada@example.org", "@");

    private final JsonNode api;

    Probes(JsonNode api) {
        this.api = api;
    }

    /** The examples of a schema, each changed at one place. */
    List<JsonNode> of(JsonNode schema) {
        JsonNode resolved = ApiChanges.resolved(api, schema);
        return StreamSupport.stream(resolved.path("examples").spliterator(), false)
                .flatMap(example -> instead(resolved, example)).distinct().toList();
    }

    /** What can stand in the place of a value. */
    Stream<JsonNode> instead(JsonNode schema, JsonNode value) {
        JsonNode resolved = ApiChanges.resolved(api, schema);
        Set<String> types = ApiChanges.types(resolved);
        Stream<JsonNode> others = Stream.of(JSON.nullNode(), JSON.booleanNode(true), JSON.arrayNode(), JSON.objectNode(),
                JSON.textNode("1"), JSON.numberNode(1), JSON.numberNode(1.5));
        Stream<JsonNode> same = types.contains("object") ? objects(resolved, value)
                : types.contains("array") ? arrays(resolved, value)
                : types.contains("integer") ? numbers(resolved) : texts(resolved).stream().map(JSON::textNode);
        return Stream.concat(others, same);
    }

    private Stream<JsonNode> objects(JsonNode schema, JsonNode value) {
        var found = new ArrayList<JsonNode>();
        found.add(with(value, "unknown_member", JSON.numberNode(1)));
        schema.path("properties").fields().forEachRemaining(property -> {
            found.add(((ObjectNode) value.deepCopy()).without(property.getKey()));
            instead(property.getValue(), value.path(property.getKey())).forEach(other ->
                    found.add(with(value, property.getKey(), other)));
        });
        return found.stream();
    }

    private static JsonNode with(JsonNode object, String name, JsonNode value) {
        return ((ObjectNode) object.deepCopy()).set(name, value);
    }

    private Stream<JsonNode> arrays(JsonNode schema, JsonNode value) {
        JsonNode element = value.path(0);
        int most = schema.path("maxItems").asInt();
        return element.isMissingNode() ? Stream.empty() : Stream.concat(Stream.of(times(element, most),
                times(element, most + 1)), instead(schema.path("items"), element).map(other -> times(other, 1)));
    }

    private static ArrayNode times(JsonNode element, int count) {
        return JSON.arrayNode().addAll(Stream.generate(() -> element).limit(count).toList());
    }

    private static Stream<JsonNode> numbers(JsonNode schema) {
        var edges = new TreeSet<BigInteger>();
        for (long edge : new long[] {0, Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE,
            schema.path("minimum").asLong(), schema.path("maximum").asLong()}) {
            for (int step = -1; step <= 1; step++) {
                edges.add(BigInteger.valueOf(edge).add(BigInteger.valueOf(step)));
            }
        }
        return edges.stream().map(BigIntegerNode::valueOf);
    }

    private static String mail(int length) {
        String address = "a".repeat(40) + "@" + ("b".repeat(49) + '.').repeat(length / 50) + "example.org";
        return address.substring(Math.max(0, address.length() - length));
    }

    /** What can stand in a query instead of a value. */
    List<String> texts(JsonNode parameter) {
        JsonNode schema = ApiChanges.resolved(api, parameter);
        if (ApiChanges.types(schema).contains("integer")) {
            return Stream.concat(numbers(schema).map(JsonNode::asText), Stream.of("x", "1.5", "")).toList();
        }
        var texts = new TreeSet<>(TEXTS);
        int longest = schema.path("maxLength").asInt(100);
        for (int length : new int[] {longest, longest + 1}) {
            texts.addAll(List.of("a".repeat(length), EMOJI.repeat(length), " ".repeat(length),
                    mail(length)));
        }
        schema.path("enum").forEach(constant -> texts.addAll(List.of(constant.asText(), constant.asText().toUpperCase(
                Locale.ROOT), constant.asText() + ' ')));
        schema.path("examples").forEach(example -> texts.add(example.asText()));
        return List.copyOf(texts);
    }
}
