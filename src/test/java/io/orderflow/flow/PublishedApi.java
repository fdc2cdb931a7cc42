package io.orderflow.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What {@code openapi.yaml} promises, held against requests and their answers. Of an answer: its status, its headers, every
 * member and no other. Of a request that was granted: parameters and body, so that nothing is taken that is not described.
 */
final class PublishedApi {

    private static final String PLACE = "https://orderflow.example/openapi.yaml";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = closed(document());
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012, factory ->
            factory.schemaLoaders(loaders -> loaders.schemas(Map.of(PLACE, DOCUMENT.toString()))));
    private static final SchemaValidatorsConfig FORMATS =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final Map<String, JsonSchema> KNOWN = new ConcurrentHashMap<>();
    /** What is answered to requests of any kind; all else an operation has to name. */
    private static final Set<Integer> GENERAL = Set.of(405, 406, 408, 413, 414, 415, 417, 431, 500, 501);
    /** Headers that say nothing about the API. */
    private static final Set<String> TRANSPORT = Set.of(":status", "accept", "accept-encoding", "cache-control",
            "connection", "content-length", "content-security-policy", "content-type", "date", "keep-alive",
            "permissions-policy", "referrer-policy", "transfer-encoding", "vary", "x-content-type-options",
            "x-frame-options", "x-xss-protection");

    private final String method;
    private final String path;
    private final String where;
    /** Points to the description of the operation. */
    private final String operation;
    private final List<String> breaches = new ArrayList<>();

    private PublishedApi(String method, String path) {
        this.method = method;
        this.path = path;
        where = method + ' ' + path;
        operation = "/paths/%s/%s".formatted(escaped(path), method.toLowerCase(Locale.ROOT));
    }

    /** The document as it is committed. */
    static JsonNode document() {
        try (var source = PublishedApi.class.getResourceAsStream("/static/openapi.yaml")) {
            return document(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode document(InputStream source) {
        return JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(source));
    }

    /** Where a request or its answer is another than is promised, in words; empty when the operation is not described. */
    static List<String> breaches(HttpRequest request, String sent, HttpResponse<String> answer, JsonNode body) {
        var api = new PublishedApi(request.method(), pathOf(request.uri().getPath()));
        if (!DOCUMENT.at(api.operation).isMissingNode()) {
            api.answer(answer, body);
            if (answer.statusCode() < 400) {
                api.parameters(request.uri(), request.headers());
                api.body(sent);
            }
        }
        return api.breaches;
    }

    /** Where a value is another than this part of the document says. */
    static List<String> breaches(String schema, JsonNode value) {
        return KNOWN.computeIfAbsent(schema, place -> SCHEMAS.getSchema(SchemaLocation.of(PLACE + '#' + place), FORMATS))
                .validate(value).stream().map(ValidationMessage::toString).toList();
    }

    /** The same of a header or a parameter. */
    static List<String> breaches(String schema, String value) {
        boolean number = DOCUMENT.at(resolved(schema) + "/type").asText().equals("integer") && value.matches("-?\\d{1,18}");
        return breaches(schema, number ? JSON.getNodeFactory().numberNode(Long.parseLong(value)) : new TextNode(value));
    }

    private void answer(HttpResponse<String> answer, JsonNode body) {
        int status = answer.statusCode();
        String responses = operation + "/responses/";
        boolean named = !DOCUMENT.at(responses + status).isMissingNode();
        if (!named && !GENERAL.contains(status)) {
            breaches.add("%s answers %d, which is not described".formatted(where, status));
            return;
        }
        String described = resolved(responses + (named ? status : "default"));
        headers(described, status, answer.headers());
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        String content = described + "/content/" + escaped(type);
        if (!type.isEmpty() && DOCUMENT.at(content).isMissingNode()) {
            breaches.add("%s answers %d with %s, which is not described".formatted(where, status, type));
        } else if (type.contains("json")) {
            check(String.valueOf(status), content + "/schema", body);
        }
    }

    private void headers(String described, int status, HttpHeaders headers) {
        var names = new HashMap<String, String>();
        DOCUMENT.at(described + "/headers").fieldNames()
                .forEachRemaining(name -> names.put(name.toLowerCase(Locale.ROOT), name));
        headers.map().forEach((header, values) -> {
            String name = names.get(header.toLowerCase(Locale.ROOT));
            if (name != null) {
                text(header, resolved(described + "/headers/" + name) + "/schema", values.get(0));
            } else if (!TRANSPORT.contains(header.toLowerCase(Locale.ROOT))) {
                breaches.add("%s %d has the header %s, which is not described".formatted(where, status, header));
            }
        });
    }

    private void parameters(URI uri, HttpHeaders headers) {
        var queries = new HashMap<String, String>();
        Stream.ofNullable(uri.getRawQuery()).flatMap(query -> Stream.of(query.split("&"))).map(each -> each.split("=", 2))
                .forEach(each -> queries.put(each[0], URLDecoder.decode(each[1], StandardCharsets.UTF_8)));
        parameters(method, path).forEach((place, parameter) -> {
            String name = parameter.path("name").asText();
            String value = switch (parameter.path("in").asText()) {
                case "query" -> queries.remove(name);
                case "header" -> headers.firstValue(name).orElse(null);
                default -> "";
            };
            if (value == null && parameter.path("required").asBoolean()) {
                breaches.add("%s went without %s".formatted(where, name));
            } else if (value != null && !value.isEmpty()) {
                text(name, place + "/schema", value);
            }
        });
        queries.keySet().forEach(name -> breaches.add("%s took the parameter %s".formatted(where, name)));
    }

    private void body(String sent) {
        String schema = operation + "/requestBody/content/application~1json/schema";
        try {
            if (!DOCUMENT.at(schema).isMissingNode() && !sent.isEmpty()) {
                check("body", schema, JSON.readTree(sent));
            }
        } catch (JsonProcessingException e) {
            breaches.add("%s took a body that is not JSON".formatted(where));
        }
    }

    private void text(String name, String schema, String value) {
        breaches(schema, value).forEach(breach -> breaches.add("%s %s: %s".formatted(where, name, breach)));
    }

    private void check(String what, String schema, JsonNode value) {
        breaches(schema, value).forEach(breach -> breaches.add("%s %s: %s".formatted(where, what, breach)));
    }

    private static String resolved(String place) {
        JsonNode reference = DOCUMENT.at(place).path("$ref");
        return reference.isMissingNode() ? place : resolved(reference.asText().substring(1));
    }

    /** The parameters of an operation, those of its path among them, by their places in the document. */
    static Map<String, JsonNode> parameters(String method, String path) {
        var parameters = new LinkedHashMap<String, JsonNode>();
        String item = "/paths/" + escaped(path);
        for (String list : List.of(item, item + '/' + method.toLowerCase(Locale.ROOT))) {
            for (int index = 0; index < DOCUMENT.at(list + "/parameters").size(); index++) {
                String place = resolved(list + "/parameters/" + index);
                parameters.put(place, DOCUMENT.at(place));
            }
        }
        return parameters;
    }

    /** The described path, or the given one when none fits. */
    private static String pathOf(String path) {
        return StreamSupport.stream(((Iterable<String>) () -> DOCUMENT.path("paths").fieldNames()).spliterator(), false)
                .filter(described -> Pattern.matches(described.replaceAll("\\{\\w+}", "[^/]+"), path))
                .min((one, other) -> Integer.compare(one.split("\\{").length, other.split("\\{").length)).orElse(path);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /**
     * The description lets answers have more members, since they may get some; those they have today are in it. And a
     * format bounds a number, which the validator does not know.
     */
    private static JsonNode closed(JsonNode document) {
        document.path("components").path("schemas").forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
        document.findParents("format").forEach(schema -> {
            if (schema.path("format").asText().matches("int(32|64)")) {
                boolean small = schema.path("format").asText().equals("int32");
                bound(schema, "minimum", small ? Integer.MIN_VALUE : Long.MIN_VALUE);
                bound(schema, "maximum", small ? Integer.MAX_VALUE : Long.MAX_VALUE);
            }
        });
        return document;
    }

    private static void bound(JsonNode schema, String bound, long value) {
        if (!schema.has(bound)) {
            ((ObjectNode) schema).put(bound, value);
        }
    }
}
