-- What came back of each order, and how many units are with its customer; owned by order.
alter table orders.customer_order add column customer_units bigint default 0 not null;
update orders.customer_order set customer_units = (
  select coalesce(sum(l.quantity), 0) from orders.order_line l where l.order_id = customer_order.id) - open_units
  where status in ('DISPATCHED', 'COMPLETED');
create table orders.order_return (
  return_id varchar(64) not null,
  order_id  varchar(64) not null,
  position  bigint      not null,
  amount    bigint      not null,
  status    varchar(16) not null,
  constraint pk_order_return primary key (return_id)
);
create index ix_order_return_order on orders.order_return (order_id, position);
