package io.orderflow.payment.gateway.stripe;

import io.orderflow.payment.gateway.stripe.StripeDouble.Answer;
import io.orderflow.payment.gateway.stripe.StripeDouble.Request;
import io.orderflow.shared.MovingClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The PaymentIntents and refunds of a Stripe account, which change as docs.stripe.com says: "How PaymentIntents work",
 * "Capture a payment multiple times", "Refund and cancel payments", "Test use cases" for the magic payment methods.
 */
final class StripeBooks {

    private static final Set<String> CANCELABLE = Set.of("requires_payment_method", "requires_confirmation",
            "requires_action", "requires_capture");
    private static final Map<String, String> DECLINES = Map.of("pm_card_visa_chargeDeclined", "generic_decline",
            "pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds");
    private static final Map<String, Integer> STEPS = Map.of("isk", 100, "ugx", 100, "bhd", 10, "jod", 10, "kwd", 10,
            "omr", 10, "tnd", 10);

    private final List<StripeIntent> intents = new ArrayList<>();
    private final List<StripeRepayment> refunds = new ArrayList<>();
    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-24T10:00:00Z"));

    Clock clock() {
        return clock;
    }

    Instant now() {
        return clock.instant();
    }

    void passes(Duration time) {
        clock.move(time);
    }

    List<StripeIntent> intents() {
        return intents;
    }

    StripeIntent intent() {
        return intents.get(intents.size() - 1);
    }

    List<StripeRepayment> refunds() {
        return refunds;
    }

    Answer answer(Request request) {
        var path = request.path().split("/");
        var id = path.length > 3 ? path[3] : null;
        return switch (request.method() + ' ' + path[2] + (path.length > 4 ? ' ' + path[4] : id == null ? "" : " id")) {
            case "POST payment_intents" -> create(request);
            case "GET payment_intents" -> list(request, intents, StripeIntent::id, StripeIntent::created,
                    intent -> intent.json(request.params()));
            case "GET payment_intents id" -> with(id, intent -> Answer.ok(intent.json(request.params())));
            case "POST payment_intents id" -> with(id, intent -> {
                intent.note(request.params());
                return Answer.ok(intent.json(request.params()));
            });
            case "POST payment_intents capture" -> with(id, intent -> capture(intent, request));
            case "POST payment_intents cancel" -> with(id, intent -> cancel(intent, request));
            case "POST refunds" -> with(request.params().get("payment_intent"), intent -> refund(intent, request));
            case "GET refunds" -> list(request, refunds.stream().filter(refund -> refund.isOf(
                    request.params().get("payment_intent"))).toList(), StripeRepayment::id, StripeRepayment::created,
                    StripeRepayment::json);
            case "GET refunds id" -> Answer.ok(refunds.stream().filter(refund -> refund.id().equals(id)).findAny()
                    .orElseThrow().json());
            default -> refused(404, false, "url_invalid", "Unrecognized request URL");
        };
    }

    private Answer create(Request request) {
        var params = request.params();
        var method = params.get("payment_method");
        long amount = Long.parseLong(params.get("amount"));
        if (amount % STEPS.getOrDefault(params.get("currency"), 1) != 0) {
            return refused(400, false, "parameter_invalid_integer", "Invalid amount for this currency");
        }
        if (!params.containsKey("return_url")) {
            return refused(400, false, "parameter_missing", "You must provide a `return_url`");
        }
        if (method.equals("pm_unknown")) {
            return Answer.error(400, false, "type", "invalid_request_error", "code", "resource_missing", "message",
                    "No such PaymentMethod: 'pm_unknown'", "param", "payment_method");
        }
        var intent = new StripeIntent("pi_" + (intents.size() + 1), amount, params, now());
        intents.add(intent);
        if (method.equals("pm_card_authenticationRequired")) {
            intent.require("requires_action");
        } else if (DECLINES.containsKey(method) || method.equals("pm_card_chargeDeclinedExpiredCard")) {
            intent.decline(DECLINES.containsKey(method) ? "card_declined" : "expired_card", DECLINES.get(method));
            return new Answer(402, Map.of("error", intent.errorJson()), true);
        } else {
            intent.authorize();
        }
        return Answer.ok(intent.json(params));
    }

    private Answer capture(StripeIntent intent, Request request) {
        var params = request.params();
        intent.expire(now());
        long amount = Long.parseLong(params.getOrDefault("amount_to_capture", intent.capturable() + ""));
        boolean isFinal = !"false".equals(params.get("final_capture"));
        if (!intent.status().equals("requires_capture")) {
            return refused(400, true, "payment_intent_unexpected_state", "This PaymentIntent could not be captured");
        }
        if (amount > intent.capturable()) {
            return refused(400, true, "amount_too_large", "The amount to capture is greater than what is left");
        }
        if (!isFinal && !intent.isMulticapture() || amount == 0 && intent.received() == 0) {
            return refused(400, true, "capture_not_possible", "This capture is not possible");
        }
        intent.note(params);
        intent.capture(amount, isFinal, now());
        if (isFinal && !intent.isMulticapture()) {
            release(intent);
        }
        return Answer.ok(intent.json(params));
    }

    private Answer cancel(StripeIntent intent, Request request) {
        if (!CANCELABLE.contains(intent.status())) {
            return refused(400, true, "payment_intent_unexpected_state", "You cannot cancel this PaymentIntent");
        }
        boolean wasAuthorized = intent.status().equals("requires_capture");
        intent.cancel(now(), null);
        if (wasAuthorized) {
            release(intent);
        }
        return Answer.ok(intent.json(request.params()));
    }

    /** What is not captured is "automatically refunded", by a refund that is nobody's and moves no money. */
    private void release(StripeIntent intent) {
        if (intent.amount() > intent.received()) {
            refunds.add(new StripeRepayment("re_" + (refunds.size() + 1), intent, intent.amount() - intent.received(),
                    Map.of(), now(), "succeeded", false));
        }
    }

    private Answer refund(StripeIntent intent, Request request) {
        long amount = Long.parseLong(request.params().get("amount"));
        long left = intent.received() - refunds.stream().filter(refund -> refund.isOf(intent.id()))
                .mapToLong(StripeRepayment::moved).sum();
        if (amount > left) {
            return refused(400, true, left == 0 ? "charge_already_refunded" : "amount_too_large",
                    "Refund amount is greater than unrefunded amount on charge");
        }
        var refund = new StripeRepayment("re_" + (refunds.size() + 1), intent, amount, request.params(), now(),
                intent.method().equals("pm_card_pendingRefund") ? "pending" : "succeeded", true);
        refunds.add(refund);
        return Answer.ok(refund.json());
    }

    private Answer with(String id, Function<StripeIntent, Answer> answer) {
        return intents.stream().filter(intent -> intent.id().equals(id)).findAny().map(answer)
                .orElseGet(() -> refused(404, false, "resource_missing", "No such payment_intent: '" + id + "'"));
    }

    /** Newest first, in pages of 10 to 100. */
    private static <T> Answer list(Request request, List<T> all, Function<T, String> id, Function<T, Instant> created,
            Function<T, Object> json) {
        var params = request.params();
        long gte = Long.parseLong(params.getOrDefault("created[gte]", "0"));
        long lt = Long.parseLong(params.getOrDefault("created[lt]", Long.MAX_VALUE + ""));
        int limit = Integer.parseInt(params.getOrDefault("limit", "10"));
        var found = new ArrayList<T>();
        all.stream().filter(one -> created.apply(one).getEpochSecond() >= gte
                && created.apply(one).getEpochSecond() < lt).forEach(one -> found.add(0, one));
        var after = params.get("starting_after");
        int from = after == null ? 0 : found.stream().map(id).toList().indexOf(after) + 1;
        var page = found.subList(from, Math.min(found.size(), from + limit));
        return Answer.ok(Map.of("object", "list", "url", request.path(), "has_more", from + limit < found.size(),
                "data", page.stream().map(json).toList()));
    }

    private static Answer refused(int status, boolean keep, String code, String message) {
        return Answer.error(status, keep, "type", "invalid_request_error", "code", code, "message", message);
    }
}
