package io.orderflow.order.event;

/** The customer as the shop knows them. */
public record Customer(String id, String email) {
}
