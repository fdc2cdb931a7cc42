-- Which event of an order or a payment its row has reached: what If-Match is compared with in the aggregate.
alter table orders.customer_order add column sequence bigint default 0 not null;
update orders.customer_order set sequence = coalesce((select max(e.sequence_number) from axon.domain_event_entry e
  where e.aggregate_identifier = customer_order.id), 0);
alter table payments.payment add column version bigint default 0 not null;
update payments.payment set version = coalesce((select max(e.sequence_number) from axon.domain_event_entry e
  where e.aggregate_identifier = payment.payment_id), 0);
