package io.orderflow.sandbox.bank;

import java.util.regex.Pattern;

/** A positive amount of money in the currency's minor unit. */
public record Amount(String currency, long amount) {

    private static final Pattern ISO_4217 = Pattern.compile("[A-Z]{3}");

    public Amount {
        if (currency == null || !ISO_4217.matcher(currency).matches()) {
            throw new IllegalArgumentException("currency must be three capital letters");
        }
        if (amount < 1) {
            throw new IllegalArgumentException("amount must be a positive number of minor units");
        }
    }
}
