package io.orderflow.payment.query;

import io.orderflow.shared.PaymentId;
import org.jspecify.annotations.Nullable;

/**
 * Finds one payment; answered by an optional {@link PaymentView}.
 *
 * @param shop the shop that has to have placed its order; null for any
 */
public record FindPayment(PaymentId paymentId, @Nullable String shop) {
}
