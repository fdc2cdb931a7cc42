package io.orderflow.order.event;

/**
 * Where an order goes.
 *
 * @param country ISO 3166-1 alpha-2 code
 */
public record Address(String name, String street, String postalCode, String city, String country) {
}
