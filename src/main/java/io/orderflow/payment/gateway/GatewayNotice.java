package io.orderflow.payment.gateway;

import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.StorableText;

/**
 * What a genuine callback is about. It says where to look, never what is true: that is asked of the gateway itself, so
 * that callbacks may come late, twice, in any order, or not at all.
 *
 * @param id          the gateway's id of the callback, the same for every repetition
 * @param paymentId   whose money it is about; null when it does not say
 * @param operationId of ours; null when it does not say
 */
public record GatewayNotice(String id, PaymentId paymentId, String operationId) {

    private static final int LONGEST_ID = 64;
    private static final int LONGEST_OPERATION = 255;

    public GatewayNotice {
        if (id == null || id.isBlank() || !fits(id, LONGEST_ID) || !fits(operationId, LONGEST_OPERATION)
                || paymentId == null && operationId == null) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_callback", ("A callback has an id of up to %s characters and"
                    + " says what it is about, in up to %s.").formatted(LONGEST_ID, LONGEST_OPERATION));
        }
    }

    private static boolean fits(String text, int longest) {
        return text == null || text.length() <= longest && StorableText.isStorable(text);
    }
}
