package io.orderflow.payment.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orderflow.payment.callback.CallbackDocument;
import io.orderflow.payment.event.NextAction;
import io.orderflow.payment.gateway.AnswerUnknownException;
import io.orderflow.payment.gateway.GatewayEntry;
import io.orderflow.payment.gateway.GatewayGuard;
import io.orderflow.payment.gateway.GatewayNotice;
import io.orderflow.payment.gateway.GatewayOperation;
import io.orderflow.payment.gateway.GatewayOutcome;
import io.orderflow.payment.gateway.GatewaySettings;
import io.orderflow.payment.gateway.PaymentGateway;
import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.platform.spi.DaemonThreads;
import io.orderflow.platform.spi.PlainInstant;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.StorableText;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * A gateway that speaks JSON over HTTP and keeps one outcome for ever under each idempotency key, as the sandbox does.
 *
 * <p>Only the gateway's own word about the operation decides anything: HTTP 200 and its id, kind and amount. Whatever
 * else comes back, be it a proxy's 413 or half a document, leaves the outcome unknown.
 */
public final class HttpPaymentGateway implements PaymentGateway {

    private static final int LARGEST_ANSWER_BYTES = 64 * 1024;
    private static final int LARGEST_PAGE_BYTES = 4 * 1024 * 1024;
    private static final int LEDGER_PAGE = 500;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_TYPE = 32;
    private static final int LONGEST_URL = 2000;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final String NEVER_HAPPENED = "unknown_operation";
    /** Somebody dislikes this very request, so that it neither helps to repeat it at once nor speaks against the rest. */
    private static final Set<Integer> ABOUT_THE_REQUEST = Set.of(400, 411, 413, 414, 415, 421, 422, 431);
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
    private final GatewayGuard charges;
    private final GatewayGuard reversals;
    private final CallbackSignature callbacks;

    public HttpPaymentGateway(GatewaySettings settings, Clock clock, GatewayGuard charges, GatewayGuard reversals) {
        // Without an executor of the client's own, Spring starts a new thread for every call.
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .executor(Executors.newCachedThreadPool(DaemonThreads.named("payment-gateway-http"))).build();
        var requests = new JdkClientHttpRequestFactory(client);
        requests.setReadTimeout(settings.responseTimeout());
        this.http = RestClient.builder().baseUrl(settings.url()).requestFactory(requests).build();
        this.charges = charges;
        this.reversals = reversals;
        this.callbacks = new CallbackSignature(settings.callbackSecret(), clock);
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public GatewayOutcome perform(GatewayOperation operation) {
        try {
            return guard(operation).call(() -> post(operation));
        } catch (AnswerUnknownException unknown) {
            return GatewayOutcome.unknown(unknown.getMessage());
        }
    }

    @Override
    public Optional<GatewayOutcome> lookUp(GatewayOperation operation) {
        try {
            return guard(operation).call(() -> get(operation));
        } catch (AnswerUnknownException unknown) {
            return Optional.of(GatewayOutcome.unknown(unknown.getMessage()));
        }
    }

    /** Not guarded: a reconciliation that fails is simply made again. */
    @Override
    public Stream<GatewayEntry> ledger(Instant since) {
        return Stream.iterate(page(since, null), page -> page.length > 0,
                        page -> pageAfter(since, page[page.length - 1].operationId()))
                .flatMap(Arrays::stream).map(LedgerEntry::entry);
    }

    /** A gateway that does not turn the page would be read for ever. */
    private LedgerEntry[] pageAfter(Instant since, String last) {
        var page = page(since, last);
        if (page.length > 0 && Objects.equals(last, page[page.length - 1].operationId())) {
            throw new AnswerUnknownException("The gateway's ledger does not go on after the operation " + last);
        }
        return page;
    }

    private LedgerEntry[] page(Instant since, String after) {
        return send(http.get().uri(uri -> uri.path("/v1/ledger").queryParam("since", since)
                .queryParam("limit", LEDGER_PAGE).queryParamIfPresent("after", Optional.ofNullable(after)).build()),
                response -> {
                    int status = response.getStatusCode().value();
                    if (status != OK) {
                        throw new AnswerUnknownException("The gateway answered HTTP " + status + " when asked for its ledger");
                    }
                    return read(response, LedgerEntry[].class, LARGEST_PAGE_BYTES);
                });
    }

    @Override
    public Optional<GatewayNotice> read(byte[] body, UnaryOperator<String> header) {
        callbacks.requireGenuine(body, header.apply(CallbackSignature.HEADER));
        var callback = CallbackDocument.read(body);
        return Optional.of(new GatewayNotice(callback.path("id").asText(null), null,
                callback.path("operation_id").asText(null)));
    }

    private GatewayGuard guard(GatewayOperation operation) {
        return operation.kind() == Kind.AUTHORIZE || operation.kind() == Kind.CAPTURE ? charges : reversals;
    }

    private GatewayOutcome post(GatewayOperation operation) {
        var authorization = operation.authorizationId();
        return switch (operation.kind()) {
            case AUTHORIZE -> post(operation, "/v1/authorizations",
                    new Authorization(operation.amount(), operation.method(), operation.orderId()));
            case CAPTURE -> post(operation, "/v1/authorizations/{id}/captures", new Amount(operation.amount()),
                    authorization);
            case VOID -> post(operation, "/v1/authorizations/{id}/voids", Map.of(), authorization);
            case REFUND -> post(operation, "/v1/authorizations/{id}/refunds", new Amount(operation.amount()),
                    authorization);
        };
    }

    private GatewayOutcome post(GatewayOperation operation, String path, Object body, Object... variables) {
        return send(http.post().uri(path, variables).header("Idempotency-Key", operation.id())
                .contentType(MediaType.APPLICATION_JSON).body(write(body)),
                response -> outcome(operation, response));
    }

    private Optional<GatewayOutcome> get(GatewayOperation operation) {
        return send(http.get().uri("/v1/operations/{id}", operation.id()), response ->
                response.getStatusCode().value() == NOT_FOUND ? neverHappened(response)
                        : Optional.of(outcome(operation, response)));
    }

    private static <T> T send(RestClient.RequestHeadersSpec<?> request, Reader<T> reader) {
        try {
            return request.exchange((sent, response) -> reader.read(response));
        } catch (ResourceAccessException silence) {
            throw AnswerUnknownException.silence(silence);
        }
    }

    /** Empty, if it is the gateway that says so: to a proxy, anything may be unknown. */
    private static Optional<GatewayOutcome> neverHappened(ClientHttpResponse response) throws IOException {
        if (!codeOf(response).equals(NEVER_HAPPENED)) {
            throw new AnswerUnknownException("Somebody answered HTTP 404 who does not say that the operation never happened");
        }
        return Optional.empty();
    }

    private static GatewayOutcome outcome(GatewayOperation operation, ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        if (ABOUT_THE_REQUEST.contains(status)) {
            return GatewayOutcome.unknown("The request was answered with HTTP %s %s".formatted(status,
                    codeOf(response)).strip());
        }
        if (status != OK) {
            throw new AnswerUnknownException("The gateway answered HTTP " + status);
        }
        var answer = read(response, Answer.class);
        if (!answer.isStorable()) {
            throw new AnswerUnknownException("The gateway's answer has a text that cannot be kept");
        }
        if (!answer.isAbout(operation)) {
            throw new AnswerUnknownException("The gateway speaks of %s %s %s when asked for %s %s %s".formatted(answer.kind(),
                    answer.operationId(), answer.amount(), kindOf(operation), operation.id(), operation.amount()));
        }
        return switch (String.valueOf(answer.status())) {
            case "succeeded" -> GatewayOutcome.succeeded(answer.authorizationId(), answer.captureBefore());
            case "action_required" -> GatewayOutcome.actionRequired(answer.authorizationId(), answer.nextAction());
            case "pending" -> GatewayOutcome.pending(answer.authorizationId());
            case "declined" -> GatewayOutcome.declined(answer.code(), "The bank declined: " + answer.code());
            case "failed" -> GatewayOutcome.failed(answer.code(), "The gateway refused: " + answer.code());
            default -> throw new AnswerUnknownException("The gateway's answer has the status " + answer.status());
        };
    }

    /** As the gateway calls it. */
    private static String kindOf(GatewayOperation operation) {
        return switch (operation.kind()) {
            case AUTHORIZE -> "authorization";
            case CAPTURE -> "capture";
            case VOID -> "void";
            case REFUND -> "refund";
        };
    }

    /** What an error calls itself; nothing unless it is one of the gateway's. */
    private static String codeOf(ClientHttpResponse response) throws IOException {
        try {
            var code = read(response, JsonNode.class).path("code").asText();
            return CODE.matcher(code).matches() ? code : "";
        } catch (AnswerUnknownException unreadable) {
            return "";
        }
    }

    private static <T> T read(ClientHttpResponse response, Class<T> type) throws IOException {
        return read(response, type, LARGEST_ANSWER_BYTES);
    }

    private static <T> T read(ClientHttpResponse response, Class<T> type, int limit) throws IOException {
        byte[] body = response.getBody().readNBytes(limit + 1);
        if (body.length > limit) {
            throw new AnswerUnknownException("The gateway's answer is larger than %s bytes".formatted(limit));
        }
        try {
            return Optional.ofNullable(JSON.readValue(body, type))
                    .orElseThrow(() -> new AnswerUnknownException("The gateway's answer is empty"));
        } catch (JsonProcessingException malformed) {
            throw new AnswerUnknownException("The gateway's answer is malformed", malformed);
        }
    }

    private static byte[] write(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records are always writable", e);
        }
    }

    private interface Reader<T> {

        T read(ClientHttpResponse response) throws IOException;
    }

    private record Authorization(Money amount, PaymentMethod method, OrderId merchantReference) {
    }

    private record Amount(Money amount) {
    }

    private record LedgerEntry(String operationId, String authorizationId, String kind, String status, Money amount,
            Instant at) {

        /** @throws IllegalArgumentException for money that moved and does not say how much */
        GatewayEntry entry() {
            if (amount == null && !"failed".equals(status)) {
                throw new IllegalArgumentException("The gateway's ledger does not say the amount of " + operationId);
            }
            return new GatewayEntry(operationId, authorizationId,
                    kind.equals("authorization") ? Kind.AUTHORIZE : Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                    amount, OperationStatus.valueOf(status.toUpperCase(Locale.ROOT)), at);
        }
    }

    private record Answer(String operationId, String authorizationId, String kind, String status, String code,
            Money amount, Instant captureBefore, NextAction nextAction) {

        /** Whether all that becomes part of events fits into the tables that are made from them. */
        boolean isStorable() {
            boolean action = nextAction == null
                    || fits(nextAction.type(), LONGEST_TYPE) && fits(nextAction.url(), LONGEST_URL);
            return action && fits(code, LARGEST_ANSWER_BYTES)
                    && Stream.of(operationId, authorizationId, kind, status).allMatch(text -> fits(text, LONGEST_NAME));
        }

        private static boolean fits(String text, int longest) {
            return text == null || text.length() <= longest && StorableText.isStorable(text);
        }

        /** A refused void moved nothing, and does not say how much. */
        boolean isAbout(GatewayOperation operation) {
            boolean refusedVoid = amount == null && "failed".equals(status) && operation.kind() == Kind.VOID;
            boolean sameAuthorization = operation.kind() == Kind.AUTHORIZE
                    || operation.authorizationId().equals(authorizationId);
            return operation.id().equals(operationId) && kindOf(operation).equals(kind) && sameAuthorization
                    && (refusedVoid || operation.amount().equals(amount)) && saysEnough();
        }

        private boolean saysEnough() {
            return switch (String.valueOf(status)) {
                case "succeeded", "pending" -> authorizationId != null;
                case "action_required" -> authorizationId != null && nextAction != null && nextAction.type() != null;
                case "declined", "failed" -> code != null && !code.isBlank();
                default -> true;
            };
        }
    }
}
