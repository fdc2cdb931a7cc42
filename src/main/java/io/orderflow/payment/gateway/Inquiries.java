package io.orderflow.payment.gateway;

import io.orderflow.payment.OperationRows;
import io.orderflow.shared.PaymentId;
import org.springframework.stereotype.Component;

/** Has the gateway asked now about what is not known of a payment, by whoever works on it already. */
@Component
public class Inquiries {

    private final OperationRows rows;
    private final GatewayQueue queue;

    Inquiries(OperationRows rows, GatewayQueue queue) {
        this.rows = rows;
        this.queue = queue;
    }

    /** @return false when some operation is being asked about this moment, so that its answer may be older than the question */
    public boolean askNow(PaymentId payment) {
        return rows.open(payment).stream().map(queue::runNow).reduce(true, Boolean::logicalAnd);
    }

    /** Asks also about an operation that ended well, if that is something which the gateway may take back. */
    public boolean askNow(PaymentId payment, String operationId) {
        if (operationId != null) {
            rows.refund(operationId).ifPresent(queue::inquire);
        }
        return askNow(payment);
    }
}
