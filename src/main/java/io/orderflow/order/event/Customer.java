package io.orderflow.order.event;

/** Who ordered, as the shop knows them. */
public record Customer(String id, String email) {
}
