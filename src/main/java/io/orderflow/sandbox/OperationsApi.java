package io.orderflow.sandbox;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Lets the bank decide operations and tells of them, as far as the token lets it. */
final class OperationsApi {

    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    // Not in the ledger on purpose: a first try that did nothing left no trace in the world either.
    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final Bank bank;
    private final Wire wire;
    private final String url;

    OperationsApi(Bank bank, Wire wire, String url) {
        this.bank = bank;
        this.wire = wire;
        this.url = url;
    }

    void answer(Call call) throws IOException {
        if (call.isBelow("v1", "operations")) {
            wire.send(call.exchange(), lookedUp(call));
        } else {
            perform(call);
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

    private void perform(Call call) throws IOException {
        var request = requestOf(call);
        var key = call.header("Idempotency-Key");
        if (key == null || !KEY.matcher(key).matches()) {
            throw ApiError.badRequest("Idempotency-Key must be 1 to 255 visible ASCII characters");
        }
        // A token steers how its authorization is answered; what follows is answered by the book.
        var script = request.kind() == Kind.AUTHORIZATION ? Token.scriptOf(request.method()) : Script.APPROVE;
        if (script.firstTry() != Fault.NONE && bank.find(key).isEmpty() && tried.add(key)) {
            wire.fail(call.exchange(), script.firstTry());
            return;
        }
        var performed = bank.perform(key, request);
        // Who asks again gets the truth at once.
        var fault = performed.fresh() ? script.answer() : Fault.NONE;
        wire.send(call.exchange(), Reply.ok(Operation.of(performed.entry(), url)), fault);
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
