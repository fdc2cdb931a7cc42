package io.orderflow.payment;

import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.shared.PaymentId;

/** Ids of operations at the gateway, derived from their purpose: one purpose never gets a second id by accident. */
public final class OperationIds {

    private OperationIds() {
    }

    public static String authorization(PaymentId payment) {
        return payment + "-authorize-1";
    }

    static String capture(PaymentId payment, String shipmentId, Operations soFar) {
        return numbered(payment + "-capture-" + shipmentId, soFar.count(Kind.CAPTURE, shipmentId));
    }

    static String refund(PaymentId payment, String refundId, Operations soFar) {
        return numbered(payment + "-refund-" + refundId, soFar.count(Kind.REFUND, refundId));
    }

    /** @param kind a void, or a refund of everything captured */
    static String reversal(PaymentId payment, Kind kind, Operations soFar) {
        return payment + (kind == Kind.VOID ? "-void-" : "-refund-") + (soFar.count(kind, null) + 1);
    }

    /** The first has no number: a repeated command has to find it. */
    private static String numbered(String name, long before) {
        return before == 0 ? name : name + "-" + (before + 1);
    }
}
