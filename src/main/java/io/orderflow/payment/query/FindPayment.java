package io.orderflow.payment.query;

import io.orderflow.shared.PaymentId;

/**
 * One payment as it stands; answered by an optional {@link PaymentView}.
 *
 * @param shop who has to have placed its order, null for whoever has
 */
public record FindPayment(PaymentId paymentId, String shop) {
}
