package io.orderflow.payment.gateway;

import io.orderflow.shared.PaymentId;
import io.orderflow.shared.Refusal;
import io.orderflow.shared.StorableText;
import org.jspecify.annotations.Nullable;

/**
 * The subject of a verified callback. It only says what to look up; the outcome is always read from the gateway, so
 * callbacks may come late, twice, in any order, or not at all.
 *
 * @param id the gateway's id of the callback, the same for each repetition
 */
public record GatewayNotice(String id, @Nullable PaymentId paymentId, @Nullable String operationId) {

    private static final int LONGEST_ID = 64;
    private static final int LONGEST_OPERATION = 255;

    public GatewayNotice {
        if (id == null || id.isBlank() || !StorableText.fits(id, LONGEST_ID)
                || !StorableText.fits(operationId, LONGEST_OPERATION) || paymentId == null && operationId == null) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_callback", ("A callback needs an id of at most %s "
                    + "characters and names what it is about in at most %s.").formatted(LONGEST_ID, LONGEST_OPERATION));
        }
    }
}
