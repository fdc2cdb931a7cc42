package io.orderflow.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where the customer proves to be himself, or fails to. */
final class ChallengeApi {

    private static final Decision APPROVED = Decision.of(Fact.AUTHORIZED);
    private static final Decision DECLINED = Decision.declined("authentication_failed");

    private final Bank bank;
    private final FaultyResponder wire;

    ChallengeApi(Bank bank, FaultyResponder wire) {
        this.bank = bank;
        this.wire = wire;
    }

    static String path(String authorizationId) {
        return "/challenges/" + authorizationId;
    }

    void answer(Call call) {
        switch (call.path().size()) {
            case 2 -> {
                call.requireMethod("GET");
                send(call, 200, bank.challenge(call.path().get(1)).orElseThrow(Call::notFound));
            }
            case 3 -> {
                var answer = answerNamed(call.path().get(2)).orElseThrow(Call::notFound);
                call.requireMethod("POST");
                var entry = bank.answerChallenge(call.path().get(1), answer).orElseThrow(Call::notFound);
                call.exchange().getResponseHeaders().set("Location", path(entry.authorizationId()));
                send(call, 303, entry);
            }
            default -> throw Call.notFound();
        }
    }

    private void send(Call call, int status, Entry entry) {
        var headers = call.exchange().getResponseHeaders();
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
        wire.send(call.exchange(), status, "text/html; charset=utf-8",
                ChallengePage.of(entry).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Decision> answerNamed(String action) {
        return switch (action) {
            case "approve" -> Optional.of(APPROVED);
            case "decline" -> Optional.of(DECLINED);
            default -> Optional.empty();
        };
    }
}
