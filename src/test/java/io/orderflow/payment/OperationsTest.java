package io.orderflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentStatus;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            authorized | captured | refunded | voided | status
            7494       | 0        | 0        | false  | AUTHORIZED
            7494       | 0        | 0        | true   | VOIDED
            7494       | 2498     | 0        | false  | PARTIALLY_CAPTURED
            7494       | 2498     | 0        | true   | CAPTURED
            7494       | 7494     | 0        | false  | CAPTURED
            7494       | 2498     | 1000     | false  | PARTIALLY_REFUNDED
            7494       | 2498     | 1000     | true   | PARTIALLY_REFUNDED
            7494       | 2498     | 2498     | false  | PARTIALLY_REFUNDED
            7494       | 2498     | 2498     | true   | REFUNDED
            7494       | 4996     | 4996     | false  | PARTIALLY_REFUNDED
            7494       | 7494     | 2498     | false  | PARTIALLY_REFUNDED
            7494       | 7494     | 7494     | false  | REFUNDED
            0          | 0        | 0        | false  | CAPTURED
            """)
    void a_payment_stands_by_what_is_authorized_taken_paid_back_and_still_to_be_taken(long authorized, long captured,
            long refunded, boolean voided, PaymentStatus status) {
        assertThat(Operations.status(euro(authorized), euro(captured), euro(refunded), voided)).isEqualTo(status);
    }

    @Test
    void a_failure_is_open_until_another_operation_for_the_same_purpose_follows() {
        var operations = new Operations();
        happened(operations, "auth", Kind.AUTHORIZE, null, OperationStatus.SUCCEEDED);
        happened(operations, "capture-1", Kind.CAPTURE, "shp_1", OperationStatus.FAILED);
        happened(operations, "capture-2", Kind.CAPTURE, "shp_2", OperationStatus.SUCCEEDED);
        happened(operations, "refund-1", Kind.REFUND, "ref_1", OperationStatus.FAILED);
        happened(operations, "refund-2", Kind.REFUND, "ret_1", OperationStatus.FAILED);
        happened(operations, "refund-1-2", Kind.REFUND, "ref_1", OperationStatus.FAILED);
        happened(operations, "void-1", Kind.VOID, null, OperationStatus.FAILED);
        happened(operations, "reversal-1", Kind.REFUND, null, OperationStatus.FAILED);

        assertThat(Stream.of("auth", "capture-1", "capture-2", "refund-1", "refund-2", "refund-1-2", "void-1",
                "reversal-1").filter(operations::isOpenFailure)).containsExactly("capture-1", "refund-2", "refund-1-2",
                "reversal-1");
    }

    private static void happened(Operations operations, String id, Kind kind, String subject, OperationStatus status) {
        operations.start(id, kind, euro(1), subject);
        operations.mark(id, status);
    }

    private static Money euro(long cents) {
        return new Money("EUR", cents);
    }
}
