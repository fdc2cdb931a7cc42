package io.orderflow.payment.gateway.stripe;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A refund in {@link StripeBooks}. */
final class StripeRepayment {

    private final String id;
    private final StripeIntent intent;
    private final long amount;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Instant created;
    private final boolean movesMoney;
    private String status;
    private String failureReason;

    StripeRepayment(String id, StripeIntent intent, long amount, Map<String, String> params, Instant created,
            String status, boolean movesMoney) {
        this.id = id;
        this.intent = intent;
        this.amount = amount;
        this.created = created;
        this.status = status;
        this.movesMoney = movesMoney;
        params.forEach((name, value) -> {
            if (name.startsWith("metadata[")) {
                metadata.put(name.substring("metadata[".length(), name.length() - 1), value);
            }
        });
    }

    String id() {
        return id;
    }

    long amount() {
        return amount;
    }

    Instant created() {
        return created;
    }

    boolean isOf(String intentId) {
        return intentId == null || intent.id().equals(intentId);
    }

    /** What of it counts against what was captured. */
    long moved() {
        return movesMoney && !status.equals("failed") && !status.equals("canceled") ? amount : 0;
    }

    void turns(String newStatus, String reason) {
        status = newStatus;
        failureReason = reason;
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", id);
        json.put("object", "refund");
        json.put("amount", amount);
        json.put("balance_transaction", movesMoney ? "txn_" + id : null);
        json.put("charge", intent.id().replace("pi_", "ch_"));
        json.put("created", created.getEpochSecond());
        json.put("currency", intent.currency());
        json.put("failure_reason", failureReason);
        json.put("metadata", metadata);
        json.put("payment_intent", intent.id());
        json.put("status", status);
        return json;
    }
}
