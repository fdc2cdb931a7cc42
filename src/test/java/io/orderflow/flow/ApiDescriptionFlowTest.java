package io.orderflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.orderflow.flow.Shop.Answer;
import io.orderflow.flow.Shop.Line;
import io.orderflow.platform.spi.WaitPreference;
import io.orderflow.shared.ExpectedVersion;
import io.orderflow.shared.RequestIdentity;
import io.orderflow.shared.Sku;
import io.orderflow.shared.StorableText;
import io.orderflow.shared.Versioned;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;

/** What {@code openapi.yaml} says is true of the application; {@link PublishedApi} adds what other tests send and get. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiDescriptionFlowTest {

    /** Nothing is released yet: each release puts a copy of its description here (docs/api.md). */
    private static final Path RELEASED = Path.of("src/test/resources/openapi-released.yaml");
    private static final JsonNode API = PublishedApi.document();
    /** Refusals of requests that are of the right form: by rules that no schema can state. */
    private static final Set<String> RULES = Set.of("duplicate_sku", "invalid_adjustment", "invalid_since",
            "mixed_currency", "nothing_to_pay", "quantity_too_large", "sku_not_in_order", "total_too_large",
            "unknown_currency", "unknown_sku");

    private RunningOrderflow orderflow;
    private Shop shop;
    private String order;
    private String dispatched;
    private String payment;

    @BeforeAll
    void start(@TempDir Path data) {
        orderflow = RunningOrderflow.start(data);
        shop = orderflow.shop();
        shop.receive("MUG-BLUE", 100_000);
        order = confirmed();
        dispatched = confirmed();
        shop.post("/v1/orders/" + dispatched + "/shipments", "{}").expect(201);
        payment = shop.awaitStatus(dispatched, "completed").path("payment_id").asText();
    }

    @AfterAll
    void stop() {
        orderflow.close();
    }

    private String confirmed() {
        String id = shop.place("tok_ok", new Line("MUG-BLUE", 1_000));
        shop.awaitStatus(id, "confirmed");
        return id;
    }

    @Test
    void is_served_as_yaml_and_as_json() {
        Shop nobody = shop.as((String) null);
        String yaml = nobody.get("/openapi.yaml").expect(200).response().body();

        assertThat(PublishedApi.document(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))).isEqualTo(API);
        assertThat(nobody.get("/openapi.json").expect(200).body()).isEqualTo(API);
    }

    @Test
    void names_every_endpoint_and_no_other() {
        assertThat(operations()).containsExactlyInAnyOrderElementsOf(Endpoints.of(orderflow).mapped().stream()
                .filter(endpoint -> endpoint.contains(" /v1/")).toList());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void says_of_an_operation_what_its_handlers_say(String endpoint) {
        String[] words = endpoint.split(" ");
        JsonNode operation = operation(endpoint);
        var described = new TreeSet<String>();
        PublishedApi.parameters(words[0], words[1]).values().forEach(parameter ->
                described.add(parameter.path("in").asText() + ' ' + parameter.path("name").asText()));
        if (operation.has("requestBody")) {
            described.add("body");
        }
        var inputs = new TreeSet<String>();
        var answers = new TreeSet<>(Set.of("400", "403", "429", "503", "default"));
        Endpoints.of(orderflow).handlers(endpoint).forEach(handler -> {
            addInputs(handler, inputs);
            addAnswers(handler, answers);
            if (words[0].equals("GET") && isVersioned(handler)) {
                inputs.add("header If-None-Match");
                answers.add("304");
            }
        });

        assertThat(described).isEqualTo(inputs);
        assertThat(operation.path("responses").fieldNames()).toIterable().containsAll(answers);
    }

    private static void addInputs(HandlerMethod handler, Set<String> inputs) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            Class<?> type = parameter.getParameterType();
            if (parameter.hasParameterAnnotation(RequestParam.class)) {
                inputs.add("query " + new SnakeCaseStrategy().translate(parameter.getParameterName()));
            } else if (parameter.hasParameterAnnotation(PathVariable.class)) {
                String name = parameter.getParameterAnnotation(PathVariable.class).value();
                inputs.add("path " + (name.isEmpty() ? parameter.getParameterName() : name));
            } else if (parameter.hasParameterAnnotation(RequestHeader.class)) {
                inputs.add("header " + parameter.getParameterAnnotation(RequestHeader.class).name());
            } else if (parameter.hasParameterAnnotation(RequestBody.class)) {
                inputs.add("body");
            } else if (type == RequestIdentity.class) {
                inputs.add("header Idempotency-Key");
            } else if (type == ExpectedVersion.class) {
                inputs.add("header If-Match");
            } else if (type == WaitPreference.class) {
                inputs.add("header Prefer");
            }
        }
    }

    private static void addAnswers(HandlerMethod handler, Set<String> answers) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            Class<?> type = parameter.getParameterType();
            if (parameter.hasParameterAnnotation(PathVariable.class)) {
                answers.add(type == Sku.class ? "422" : "404");
            } else if (type == RequestIdentity.class) {
                answers.addAll(Set.of("409", "422"));
            } else if (type == ExpectedVersion.class) {
                answers.add("412");
            }
        }
        if (handler.hasMethodAnnotation(ResponseStatus.class)) {
            answers.add("" + handler.getMethodAnnotation(ResponseStatus.class).value().value());
        }
    }

    private static boolean isVersioned(HandlerMethod handler) {
        ResolvableType type = ResolvableType.forMethodReturnType(handler.getMethod());
        return Versioned.class.isAssignableFrom((type.hasGenerics() ? type.getGeneric() : type).toClass());
    }

    @Test
    void names_and_explains_each_operation() {
        var ids = operations().map(endpoint -> {
            JsonNode operation = operation(endpoint);
            assertThat(operation.path("summary").asText()).as(endpoint).isNotEmpty();
            assertThat(operation.path("description").asText()).as(endpoint).isNotEmpty();
            assertThat(API.path("tags").findValues("name")).as(endpoint).contains(operation.path("tags").path(0));
            return operation.path("operationId").asText();
        }).toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z][A-Za-z]+"));
        // Generators name what an operation takes so: a schema of that name would be overwritten.
        assertThat(API.path("components").path("schemas").fieldNames()).toIterable().doesNotContainAnyElementsOf(
                ids.stream().map(id -> id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1) + "Request").toList());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void gives_examples_of_what_it_describes(String schema) {
        String place = "/components/schemas/" + schema;
        API.at(place + "/examples").forEach(example ->
                assertThat(PublishedApi.breaches(place, example)).as(example.toString()).isEmpty());
    }

    @Test
    void breaks_no_caller_of_the_last_release() throws Exception {
        assumeThat(RELEASED).exists();

        assertThat(ApiChanges.breaking(PublishedApi.document(Files.newInputStream(RELEASED)), API)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void bounds_all_that_is_sent(String endpoint) {
        String[] words = endpoint.split(" ");
        JsonNode body = operation(endpoint).path("requestBody").path("content").path("application/json").path("schema");
        if (!words[1].startsWith("/v1/gateway-callbacks/")) {
            requireBounds(endpoint, body);
        }
        PublishedApi.parameters(words[0], words[1]).values().stream()
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .forEach(parameter -> requireBounds(endpoint, parameter.path("schema")));
    }

    private static void requireBounds(String where, JsonNode schema) {
        JsonNode resolved = ApiChanges.resolved(API, schema);
        for (String type : ApiChanges.types(resolved)) {
            switch (type) {
                case "string" -> assertThat(Stream.of("maxLength", "enum", "format", "pattern")).as(where + resolved)
                        .anyMatch(resolved::has);
                case "integer" -> assertThat(resolved.has("format")).as(where + resolved).isTrue();
                case "array" -> assertThat(resolved.has("maxItems")).as(where + resolved).isTrue();
                case "object" -> assertThat(resolved.path("additionalProperties").asBoolean(true)).as(where + resolved)
                        .isFalse();
                default -> assertThat(type).as(where + resolved).isEqualTo("null");
            }
        }
        resolved.path("properties").forEach(property -> requireBounds(where, property));
        if (resolved.has("items")) {
            requireBounds(where, resolved.path("items"));
        }
    }

    /** What it does not allow comes first: it changes nothing. */
    @ParameterizedTest
    @CsvSource({"/v1/orders, NewOrder", "/v1/orders/{order}/cancellations, NewCancellation",
        "/v1/orders/{order}/shipments, NewShipment", "/v1/orders/{dispatched}/returns, NewReturn",
        "/v1/orders/{dispatched}/returns/ret_1/closures, NewReturnClosure", "/v1/payments/{payment}/refunds, NewRefund",
        "/v1/payments/{payment}/operations/op_1/settlements, NewSettlement", "/v1/stock/MUG-BLUE/receipts, NewReceipt",
        "/v1/stock/MUG-BLUE/adjustments, NewAdjustment", "/v1/operations/reconciliation, NewReconciliation"})
    void is_what_is_taken_as_a_body(String path, String schema) {
        String place = "/components/schemas/" + schema;
        List<JsonNode> bodies = new Probes(API).of(API.at(place));
        List<JsonNode> allowed = bodies.stream().filter(body -> PublishedApi.breaches(place, body).isEmpty()).toList();
        List<JsonNode> others = bodies.stream().filter(body -> !allowed.contains(body)).toList();
        String target = path.replace("{order}", order).replace("{dispatched}", dispatched).replace("{payment}", payment);

        assertThat(others).hasSizeGreaterThan(10);
        assertThat(problems(others, false, body -> shop.post(target, body.toString()))).isEmpty();
        assertThat(allowed).isNotEmpty();
        assertThat(problems(allowed, true, body -> shop.post(target, body.toString()))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void is_what_is_taken_as_a_parameter(String endpoint) {
        String[] words = endpoint.split(" ");
        String path = words[1].replace("{sku}", "MUG-BLUE");
        PublishedApi.parameters(words[0], words[1]).forEach((place, parameter) -> {
            if (words[0].equals("GET") && parameter.path("in").asText().equals("query")) {
                String name = parameter.path("name").asText();
                List<String> values = new Probes(API).texts(parameter.path("schema"));
                // A cursor is opaque: none is allowed but those that a page gave.
                List<String> allowed = values.stream().filter(value -> !name.equals("cursor")
                        && PublishedApi.breaches(place + "/schema", value).isEmpty()).toList();
                List<String> others = values.stream().filter(value -> !allowed.contains(value)).toList();

                assertThat(problems(others, false, value -> get(path, name, value))).isEmpty();
                assertThat(problems(allowed, true, value -> get(path, name, value))).isEmpty();
            }
        });
    }

    private Answer get(String path, String parameter, String value) {
        return shop.get("%s?%s=%s".formatted(path, parameter, URLEncoder.encode(value, StandardCharsets.UTF_8)));
    }

    /** What is refused for its form although it is allowed, or taken although it is not. */
    private static <T> List<String> problems(List<T> requests, boolean allowed, Function<T, Answer> sender) {
        return requests.stream().map(request -> {
            Answer answer = sender.apply(request);
            boolean rule = allowed && RULES.contains(answer.text("code"));
            boolean refused = answer.status() == 400 || answer.status() == 422 && !rule;
            return answer.status() < 500 && refused != allowed ? "" : "%s is answered %s %s: %s".formatted(
                    allowed ? "Allowed" : "Not allowed", answer.status(), answer.text("code"),
                    StorableText.cut(request.toString(), 300));
        }).filter(problem -> !problem.isEmpty()).toList();
    }

    private static JsonNode operation(String endpoint) {
        String[] words = endpoint.split(" ");
        return API.path("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT));
    }

    static Stream<String> operations() {
        return API.path("paths").properties().stream().flatMap(path -> path.getValue().properties().stream()
                .filter(method -> !method.getKey().equals("parameters"))
                .map(method -> method.getKey().toUpperCase(Locale.ROOT) + ' ' + path.getKey()));
    }

    static Stream<String> schemas() {
        return API.path("components").path("schemas").properties().stream().map(Map.Entry::getKey);
    }
}
