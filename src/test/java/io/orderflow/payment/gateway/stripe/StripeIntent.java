package io.orderflow.payment.gateway.stripe;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A PaymentIntent in {@link StripeBooks}, with its one charge. */
final class StripeIntent {

    private static final Duration CAPTURABLE = Duration.ofDays(7);

    private final String id;
    private final long amount;
    private final String currency;
    private final String method;
    private final String returnUrl;
    private final boolean multicapture;
    private final Instant created;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private String status;
    private long received;
    private long capturable;
    private Instant bookedAt;
    private Instant canceledAt;
    private String cancellationReason;
    private String chargeStatus;
    private Map<String, Object> error;
    private String actionType = "redirect_to_url";
    private String redirect = "https://hooks.stripe.com/redirect/";

    StripeIntent(String id, long amount, Map<String, String> params, Instant created) {
        this.id = id;
        this.amount = amount;
        this.currency = params.get("currency");
        this.method = params.get("payment_method");
        this.returnUrl = params.get("return_url");
        this.multicapture = "if_available".equals(params.get("payment_method_options[card][request_multicapture]"))
                && !method.equals("pm_card_credit_disableEnterpriseCardFeatures");
        this.created = created;
        note(params);
    }

    String id() {
        return id;
    }

    long amount() {
        return amount;
    }

    String currency() {
        return currency;
    }

    String method() {
        return method;
    }

    String returnUrl() {
        return returnUrl;
    }

    boolean isMulticapture() {
        return multicapture;
    }

    Instant created() {
        return created;
    }

    String status() {
        return status;
    }

    long received() {
        return received;
    }

    long capturable() {
        return capturable;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    /** Merges, as Stripe does. */
    void note(Map<String, String> params) {
        params.forEach((name, value) -> {
            if (name.startsWith("metadata[")) {
                var key = name.substring("metadata[".length(), name.length() - 1);
                if (key.length() > 40 || value.length() > 500) {
                    throw new IllegalArgumentException("Metadata is too long: " + name + '=' + value);
                }
                metadata.put(key, value);
            }
        });
    }

    void require(String newStatus) {
        status = newStatus;
    }

    void redirectsTo(String address) {
        redirect = address;
    }

    void requireAction(String type) {
        status = "requires_action";
        actionType = type;
    }

    /** The bank agrees, at once or after the customer did what was required. */
    void authorize() {
        status = "requires_capture";
        chargeStatus = "succeeded";
        capturable = amount;
    }

    void decline(String code, String declineCode) {
        status = "requires_payment_method";
        chargeStatus = "failed";
        error = new LinkedHashMap<>(Map.of("type", "card_error", "code", code, "message", "Your card was declined."));
        if (declineCode != null) {
            error.put("decline_code", declineCode);
        }
    }

    void capture(long captured, boolean isFinal, Instant now) {
        received += captured;
        capturable = isFinal ? 0 : capturable - captured;
        bookedAt = now;
        status = isFinal ? "succeeded" : "requires_capture";
    }

    void cancel(Instant now, String reason) {
        status = received == 0 ? "canceled" : "succeeded";
        capturable = 0;
        canceledAt = now;
        cancellationReason = reason;
    }

    void expire(Instant now) {
        if (status.equals("requires_capture") && now.isAfter(created.plus(CAPTURABLE))) {
            cancel(now, "automatic");
        }
    }

    Map<String, Object> errorJson() {
        var json = new LinkedHashMap<>(error);
        json.put("payment_intent", json(Map.of()));
        return json;
    }

    Map<String, Object> json(Map<String, String> params) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", id);
        json.put("object", "payment_intent");
        json.put("amount", amount);
        json.put("amount_capturable", capturable);
        json.put("amount_received", received);
        json.put("canceled_at", canceledAt == null ? null : canceledAt.getEpochSecond());
        json.put("cancellation_reason", cancellationReason);
        json.put("capture_method", "manual");
        json.put("client_secret", id + "_secret_1");
        json.put("created", created.getEpochSecond());
        json.put("currency", currency);
        json.put("last_payment_error", error);
        json.put("latest_charge", charge(String.join(" ", params.values())));
        json.put("livemode", false);
        json.put("metadata", metadata);
        json.put("next_action", Objects.equals(status, "requires_action") ? nextAction() : null);
        json.put("payment_method", method);
        json.put("status", status);
        return json;
    }

    private Map<String, Object> nextAction() {
        return actionType.equals("redirect_to_url") ? Map.of("type", actionType, actionType,
                Map.of("url", redirect + id, "return_url", returnUrl))
                : Map.of("type", actionType);
    }

    /** Only an id, unless it is to be expanded. */
    private Object charge(String expansions) {
        if (chargeStatus == null) {
            return null;
        }
        var chargeId = id.replace("pi_", "ch_");
        if (!expansions.contains("latest_charge")) {
            return chargeId;
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("id", chargeId);
        json.put("object", "charge");
        json.put("amount", amount);
        json.put("amount_captured", received);
        json.put("captured", received > 0 && capturable == 0);
        json.put("created", created.getEpochSecond());
        json.put("currency", currency);
        json.put("metadata", metadata);
        json.put("payment_intent", id);
        json.put("status", chargeStatus);
        json.put("balance_transaction", bookedAt == null ? null
                : expansions.contains("latest_charge.balance_transaction") ? Map.of("id", "txn_1", "object",
                        "balance_transaction", "created", bookedAt.getEpochSecond()) : "txn_1");
        json.put("payment_method_details", Map.of("type", "card", "card", Map.of("brand", "visa",
                "capture_before", created.plus(CAPTURABLE).getEpochSecond(),
                "multicapture", Map.of("status", multicapture ? "available" : "unavailable"))));
        return json;
    }
}
