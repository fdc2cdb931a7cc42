package io.orderflow.sandbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Tells what the gateway has done, so that a merchant can compare it with what he believes. */
final class LedgerApi {

    private final Bank bank;

    LedgerApi(Bank bank) {
        this.bank = bank;
    }

    Reply answer(Call call) {
        call.requireMethod("GET");
        return Reply.ok(bank.entries(pageOf(call)));
    }

    private static Integer number(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new NumberFormatException(text);
        }
        return Integer.valueOf(text);
    }

    private Page pageOf(Call call) {
        var query = call.query(Set.of("since", "after", "limit"));
        var after = Optional.ofNullable(query.get("after"));
        if (after.isPresent() && after.flatMap(bank::find).isEmpty()) {
            throw ApiError.badRequest("after names an operation that is not in the ledger");
        }
        try {
            return new Page(Optional.ofNullable(query.get("since")).map(Instant::parse).orElse(null), after.orElse(null),
                    Optional.ofNullable(query.get("limit")).map(LedgerApi::number).orElse(null));
        } catch (DateTimeException e) {
            throw ApiError.badRequest("since must be an instant like 2026-01-31T12:00:00Z");
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("limit must be a positive number");
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest(e.getMessage());
        }
    }
}
