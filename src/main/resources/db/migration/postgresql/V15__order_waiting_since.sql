-- Orders that wait longest are read first, by operators and each minute by the watchdog; owned by order.
create index ix_order_waiting_since on orders.customer_order (waiting_since, id);
