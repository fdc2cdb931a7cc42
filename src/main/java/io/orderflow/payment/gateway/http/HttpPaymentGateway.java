package io.orderflow.payment.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.CallbackDocument;
import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.gateway.GatewayHttp;
import io.orderflow.payment.gateway.GatewayNotice;
import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.gateway.GatewaySettings;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.platform.spi.PlainInstant;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentMethod;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * A gateway with JSON over HTTP that keeps the outcome of each idempotency key permanently, as the sandbox does.
 *
 * <p>Only an HTTP 200 that names the operation's id, kind and amount decides it. Any other answer, such as a proxy's
 * 413 or a truncated document, leaves the outcome unknown.
 */
public final class HttpPaymentGateway implements PaymentGateway {

    private static final int LARGEST_ANSWER_BYTES = 64 * 1024;
    private static final int LARGEST_PAGE_BYTES = 4 * 1024 * 1024;
    private static final int LEDGER_PAGE = 500;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    /** Rejections of this one request: repeating it at once is futile, and the gateway itself is available. */
    private static final Set<Integer> REQUEST_REJECTED = Set.of(400, 411, 413, 414, 415, 421, 422, 431);
    private static final Pattern CODE = Pattern.compile("[a-z0-9_]{1,64}");

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addDeserializer(Instant.class, new PlainInstant()))
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final RestClient http;
    private final CallbackSignature callbacks;

    public HttpPaymentGateway(GatewaySettings settings, Clock clock) {
        this.http = RestClient.builder().baseUrl(settings.url()).requestFactory(GatewayHttp.requests(settings)).build();
        this.callbacks = new CallbackSignature(settings.callbackSecret(), clock);
    }

    /** The body of a request, which has the same bytes at each repetition. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Request(@Nullable Money amount, @Nullable PaymentMethod method,
            @Nullable OrderId merchantReference) {
    }

    private interface Reader<T> {

        T read(ClientHttpResponse response) throws IOException;
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public GatewayOutcome perform(GatewayOperation operation) {
        var amount = new Request(operation.amount(), null, null);
        return switch (operation.kind()) {
            case AUTHORIZE -> post(operation, "/v1/authorizations",
                    new Request(operation.amount(), operation.method(), operation.orderId()));
            case CAPTURE -> post(operation, "/v1/authorizations/{id}/captures", amount);
            case VOID -> post(operation, "/v1/authorizations/{id}/voids", new Request(null, null, null));
            case REFUND -> post(operation, "/v1/authorizations/{id}/refunds", amount);
        };
    }

    private GatewayOutcome post(GatewayOperation operation, String path, Request body) {
        try {
            return send(http.post().uri(path, operation.authorizationId()).header("Idempotency-Key", operation.id())
                    .contentType(MediaType.APPLICATION_JSON).body(JSON.writeValueAsBytes(body)),
                    response -> outcome(operation, response));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records are always writable", e);
        }
    }

    /** Only the gateway's own 404 says that the operation never happened; a proxy's says nothing. */
    @Override
    public Optional<GatewayOutcome> lookUp(GatewayOperation operation) {
        return send(http.get().uri("/v1/operations/{id}", operation.id()), response ->
                status(response) == NOT_FOUND && codeOf(response).equals("unknown_operation") ? Optional.empty()
                        : Optional.of(outcome(operation, response)));
    }

    @Override
    public Stream<GatewayEntry> ledger(Instant since) {
        return Stream.iterate(page(since, null), page -> page.length > 0,
                        page -> page(since, page[page.length - 1].operationId()))
                .flatMap(Arrays::stream).map(HttpOperation::entry);
    }

    /** A page that ends where the one before did would never come to an end. */
    private HttpOperation[] page(Instant since, @Nullable String after) {
        var page = send(http.get().uri(uri -> uri.path("/v1/ledger").queryParam("since", since)
                .queryParam("limit", LEDGER_PAGE).queryParamIfPresent("after", Optional.ofNullable(after)).build()),
                response -> read(requireOk(response), HttpOperation[].class, LARGEST_PAGE_BYTES));
        if (after != null && page.length > 0 && after.equals(page[page.length - 1].operationId())) {
            throw new AnswerUnknownException("The gateway's ledger does not go on after the operation " + after);
        }
        return page;
    }

    @Override
    public Optional<GatewayNotice> read(byte[] body, UnaryOperator<@Nullable String> header) {
        callbacks.requireGenuine(body, header.apply(CallbackSignature.HEADER));
        var callback = CallbackDocument.read(body);
        return Optional.of(new GatewayNotice(callback.path("id").asText(null), null,
                callback.path("operation_id").asText(null)));
    }

    private static <T> T send(RestClient.RequestHeadersSpec<?> request, Reader<T> reader) {
        try {
            return request.exchange((sent, response) -> reader.read(response));
        } catch (ResourceAccessException broken) {
            throw AnswerUnknownException.noResponse(broken);
        }
    }

    private static GatewayOutcome outcome(GatewayOperation operation, ClientHttpResponse response) throws IOException {
        if (REQUEST_REJECTED.contains(status(response))) {
            return GatewayOutcome.unknown("The request was answered with HTTP %s %s".formatted(status(response),
                    codeOf(response)).strip());
        }
        return read(requireOk(response), HttpOperation.class, LARGEST_ANSWER_BYTES).outcome(operation);
    }

    private static ClientHttpResponse requireOk(ClientHttpResponse response) throws IOException {
        if (status(response) != OK) {
            throw new AnswerUnknownException("The gateway answered HTTP " + status(response));
        }
        return response;
    }

    private static int status(ClientHttpResponse response) throws IOException {
        return response.getStatusCode().value();
    }

    /** The code of an error of the gateway; empty for any other body. */
    private static String codeOf(ClientHttpResponse response) throws IOException {
        try {
            var code = read(response, JsonNode.class, LARGEST_ANSWER_BYTES).path("code").asText();
            return CODE.matcher(code).matches() ? code : "";
        } catch (AnswerUnknownException unreadable) {
            return "";
        }
    }

    private static <T> T read(ClientHttpResponse response, Class<T> type, int limit) throws IOException {
        try {
            return Optional.ofNullable(JSON.readValue(GatewayHttp.body(response, limit), type))
                    .orElseThrow(() -> new AnswerUnknownException("The gateway's answer is empty"));
        } catch (JsonProcessingException malformed) {
            throw new AnswerUnknownException("The gateway's answer is malformed", malformed);
        }
    }
}
