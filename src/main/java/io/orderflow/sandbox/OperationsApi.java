package io.orderflow.sandbox;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.orderflow.sandbox.FaultInjector.InjectedFault;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/** Lets the bank decide operations and tells of them, as far as the token and the adversary let it. */
final class OperationsApi {

    private static final int REMEMBERED_TRIES = 10_000;
    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    // Not in the ledger on purpose: a first try that did nothing left no trace in the world either.
    private final Map<String, Boolean> tried = Caffeine.newBuilder().maximumSize(REMEMBERED_TRIES).<String, Boolean>build()
            .asMap();
    private final Bank bank;
    private final FaultInjector adversary;
    private final FaultyResponder wire;
    private final String url;

    OperationsApi(Bank bank, FaultInjector adversary, FaultyResponder wire, String url) {
        this.bank = bank;
        this.adversary = adversary;
        this.wire = wire;
        this.url = url;
    }

    void answer(Call call) throws IOException {
        var lookup = call.isBelow("v1", "operations");
        var mischief = lookup ? adversary.onLookup() : adversary.onOperation();
        if (mischief.outage()) {
            wire.fail(call.exchange(), Fault.DROP);
        } else if (mischief.failsBefore()) {
            wire.fail(call.exchange(), Fault.SERVER_ERROR);
        } else {
            try {
                if (lookup) {
                    wire.send(call.exchange(), lookedUp(call), mischief.answer());
                } else {
                    perform(call, mischief);
                }
            } catch (ApiError e) {
                wire.send(call.exchange(), Reply.of(e), mischief.answer());
            }
        }
    }

    private Reply lookedUp(Call call) {
        if (call.path().size() != 3) {
            throw Call.notFound();
        }
        call.requireMethod("GET");
        return bank.find(call.path().get(2)).map(entry -> Reply.ok(Operation.of(entry, url))).orElseThrow(
                () -> new ApiError(404, "unknown_operation", "Nothing happened under this key"));
    }

    private void perform(Call call, InjectedFault mischief) throws IOException {
        var request = requestOf(call);
        var key = call.header("Idempotency-Key");
        if (key == null || !KEY.matcher(key).matches()) {
            throw ApiError.badRequest("Idempotency-Key must be 1 to 255 visible ASCII characters");
        }
        // A token steers how its authorization is answered; what follows is answered by the book.
        var script = request.kind() == Kind.AUTHORIZATION ? Token.scriptOf(request.method()) : Script.APPROVE;
        if (script.firstTry() != Fault.NONE && bank.find(key).isEmpty()
                && tried.putIfAbsent(key, true) == null) {
            wire.fail(call.exchange(), script.firstTry());
            return;
        }
        var performed = mischief.twice() ? performTwice(key, request) : bank.perform(key, request);
        // Who asks again gets the truth at once, unless the adversary minds.
        var fault = mischief.answer() == Fault.NONE && performed.fresh() ? script.answer() : mischief.answer();
        wire.send(call.exchange(), Reply.ok(Operation.of(performed.entry(), url)), fault);
    }

    private Bank.Performed performTwice(String key, Request request) {
        var duplicate = new FutureTask<>(() -> bank.perform(key, request));
        new Thread(duplicate, "sandbox-duplicate").start();
        var performed = bank.perform(key, request);
        try {
            return new Bank.Performed(performed.entry(), performed.fresh() | duplicate.get().fresh());
        } catch (Exception e) {
            throw new IllegalStateException("The duplicate failed where the original did not", e);
        }
    }

    private static Request requestOf(Call call) throws IOException {
        var path = call.path();
        if (path.size() != 2 && path.size() != 4) {
            throw Call.notFound();
        }
        call.requireMethod("POST");
        return path.size() == 2 ? Call.read(call.body(), AuthorizationBody.class).request()
                : requestOn(path.get(2), path.get(3), call.body());
    }

    private static Request requestOn(String authorizationId, String action, byte[] body) {
        return switch (action) {
            case "captures" -> Request.on(authorizationId, Kind.CAPTURE, Call.read(body, AmountBody.class).required());
            case "refunds" -> Request.on(authorizationId, Kind.REFUND, Call.read(body, AmountBody.class).required());
            case "voids" -> {
                if (body.length > 0) {
                    Call.read(body, NoBody.class);
                }
                yield Request.on(authorizationId, Kind.VOID, null);
            }
            default -> throw Call.notFound();
        };
    }

    private record AuthorizationBody(Amount amount, String method, String merchantReference) {

        Request request() {
            if (amount == null || method == null || merchantReference == null) {
                throw ApiError.badRequest("amount, method and merchant_reference are needed");
            }
            return Request.authorize(amount, method, merchantReference);
        }
    }

    private record AmountBody(Amount amount) {

        Amount required() {
            if (amount == null) {
                throw ApiError.badRequest("amount is needed");
            }
            return amount;
        }
    }

    private record NoBody() { }
}
