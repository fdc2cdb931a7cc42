package io.orderflow.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The gateway's token for how a customer pays; never a card number. */
public record PaymentMethod(@JsonValue String token) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PaymentMethod {
        if (token == null || token.isBlank() || StorableText.length(token) > 128) {
            throw new Refusal(Refusal.Kind.INVALID, "invalid_payment_method",
                    "A payment method is the gateway's token, 1 to 128 characters.");
        }
    }

    @Override
    public String toString() {
        return token;
    }
}
