package io.orderflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.shared.Money;
import io.orderflow.shared.PaymentStatus;
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
        assertThat(Operations.standing(euro(authorized), euro(captured), euro(refunded), voided)).isEqualTo(status);
    }

    private static Money euro(long cents) {
        return new Money("EUR", cents);
    }
}
