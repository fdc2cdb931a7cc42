package io.orderflow.sandbox.http;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.orderflow.sandbox.bank.Amount;
import io.orderflow.sandbox.bank.Bank;
import io.orderflow.sandbox.bank.Kind;
import io.orderflow.sandbox.bank.Request;
import io.orderflow.sandbox.bank.Scenario;
import io.orderflow.sandbox.fault.Fault;
import io.orderflow.sandbox.fault.FaultInjector;
import io.orderflow.sandbox.fault.FaultInjector.RequestFaults;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/** Performs and looks up operations, with the faults of the token and of the fault injector. */
final class OperationsApi {

    private static final int REMEMBERED_TRIES = 10_000;
    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    /** Keys whose first try failed. Not in the ledger: a try without effect leaves no trace. */
    private final Map<String, Boolean> tried = Caffeine.newBuilder().maximumSize(REMEMBERED_TRIES)
            .<String, Boolean>build().asMap();
    private final Bank bank;
    private final FaultInjector injector;
    private final String gatewayUrl;

    private record AuthorizationBody(Amount amount, String method, String merchantReference) {

        private AuthorizationBody {
            if (amount == null || method == null || merchantReference == null) {
                throw new IllegalArgumentException("amount, method and merchant_reference are required");
            }
        }
    }

    private record AmountBody(Amount amount) {

        private AmountBody {
            if (amount == null) {
                throw new IllegalArgumentException("amount is required");
            }
        }
    }

    private record EmptyBody() { }

    OperationsApi(Bank bank, FaultInjector injector, String gatewayUrl) {
        this.bank = bank;
        this.injector = injector;
        this.gatewayUrl = gatewayUrl;
    }

    Reply answer(Call call) throws IOException {
        var isLookup = call.isBelow("v1", "operations");
        var faults = isLookup ? injector.onLookup() : injector.onOperation();
        if (faults.before() != Fault.NONE) {
            return Reply.failed(faults.before());
        }
        try {
            return isLookup ? lookUp(call).with(faults.answer()) : perform(call, faults);
        } catch (ApiException e) {
            return e.reply().with(faults.answer());
        }
    }

    private Reply lookUp(Call call) {
        if (call.path().size() != 3) {
            throw ApiException.notFound();
        }
        call.requireMethod("GET");
        return bank.find(call.path().get(2)).map(entry -> Reply.ok(OperationView.of(entry, gatewayUrl))).orElseThrow(
                () -> new ApiException(404, "unknown_operation", "No operation has this key"));
    }

    private Reply perform(Call call, RequestFaults faults) throws IOException {
        var request = requestOf(call);
        var key = call.header("Idempotency-Key");
        if (key == null || !KEY.matcher(key).matches()) {
            throw ApiException.badRequest("Idempotency-Key must be 1 to 255 visible ASCII characters");
        }
        // The token's delivery faults concern its authorization only.
        var scenario = request.kind() == Kind.AUTHORIZATION ? Scenario.of(request.method()) : Scenario.APPROVED;
        if (scenario.firstTry() != Fault.NONE && bank.find(key).isEmpty() && tried.putIfAbsent(key, true) == null) {
            return Reply.failed(scenario.firstTry());
        }
        var performed = faults.twice() ? performTwice(key, request) : bank.perform(key, request);
        if (!performed.entry().answers(request)) {
            throw new ApiException(422, "idempotency_key_reused", "This key was used for another request");
        }
        // A repeat is answered without the token's fault.
        var fault = faults.answer() == Fault.NONE && performed.fresh() ? scenario.answer() : faults.answer();
        return Reply.ok(OperationView.of(performed.entry(), gatewayUrl)).with(fault);
    }

    private Bank.Performed performTwice(String key, Request request) {
        var duplicate = new FutureTask<>(() -> bank.perform(key, request));
        new Thread(duplicate, "sandbox-duplicate").start();
        var performed = bank.perform(key, request);
        try {
            return new Bank.Performed(performed.entry(), performed.fresh() | duplicate.get().fresh());
        } catch (Exception e) {
            throw new IllegalStateException("The duplicate failed and the original did not", e);
        }
    }

    private static Request requestOf(Call call) throws IOException {
        var path = call.path();
        if (path.size() != 2 && path.size() != 4) {
            throw ApiException.notFound();
        }
        call.requireMethod("POST");
        var body = call.body();
        if (path.size() == 2) {
            var authorization = Call.read(body, AuthorizationBody.class);
            return Request.authorize(authorization.amount, authorization.method, authorization.merchantReference);
        }
        return switch (path.get(3)) {
            case "captures" -> Request.on(path.get(2), Kind.CAPTURE, Call.read(body, AmountBody.class).amount);
            case "refunds" -> Request.on(path.get(2), Kind.REFUND, Call.read(body, AmountBody.class).amount);
            case "voids" -> {
                if (body.length > 0) {
                    Call.read(body, EmptyBody.class);
                }
                yield Request.on(path.get(2), Kind.VOID, null);
            }
            default -> throw ApiException.notFound();
        };
    }
}
