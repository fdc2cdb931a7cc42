package io.orderflow.order.event;

/**
 * The delivery address of an order.
 *
 * @param country ISO 3166-1 alpha-2 code
 */
public record Address(String name, String street, String postalCode, String city, String country) {
}
