package io.orderflow.payment.query;

import io.orderflow.shared.PaymentId;

/** One payment as it stands; answered by an optional {@link PaymentView}. */
public record FindPayment(PaymentId paymentId) {
}
