-- The orders as callers see them, what came back of them, and the SKUs that can be ordered; owned by order.
-- Texts from outside are as long as they have code points; H2 counts the units of UTF-16, of which one can have two.
create schema if not exists orders;
create table orders.customer_order (
  id                     varchar(64)  not null,
  shop                   varchar(255) not null,
  reference              varchar(128) not null,
  customer_id            varchar(128) not null,
  customer_email         varchar(508) not null,
  address_name           varchar(400),
  address_street         varchar(400),
  address_postal_code    varchar(40),
  address_city           varchar(200),
  address_country        varchar(2),
  currency               varchar(3)   not null,
  total                  bigint       not null,
  status                 varchar(20)  not null,
  payment_status         varchar(30)  not null,
  cancellation_requested boolean      not null,
  open_units             bigint       not null,
  customer_units         bigint       not null,
  waiting_party          varchar(20),
  waiting_code           varchar(64),
  waiting_since          timestamp(6) with time zone,
  waiting_deadline       timestamp(6) with time zone,
  rejection_code         varchar(64),
  rejection_detail       varchar(500),
  version                bigint       not null,
  -- Which event of the order its row has reached: what If-Match is compared with in the aggregate.
  sequence               bigint       not null,
  created_at             timestamp(6) with time zone not null,
  updated_at             timestamp(6) with time zone not null,
  constraint pk_customer_order primary key (id)
);
create index ix_order_created on orders.customer_order (created_at desc, id desc);
create index ix_order_status on orders.customer_order (status, created_at desc, id desc);
create index ix_order_waiting on orders.customer_order (waiting_party, created_at desc, id desc);
create index ix_order_reference on orders.customer_order (reference);
create index ix_order_customer on orders.customer_order (customer_id, created_at desc, id desc);
create index ix_order_shop on orders.customer_order (shop, created_at desc, id desc);
-- Orders that wait longest are read first, by operators and each minute by the watchdog.
create index ix_order_waiting_since on orders.customer_order (waiting_since, id);
create table orders.order_line (
  order_id   varchar(64) not null,
  position   int         not null,
  sku        varchar(64) not null,
  quantity   int         not null,
  unit_price bigint      not null,
  reserved   int         not null,
  shipped    int         not null,
  returned   int         not null,
  constraint pk_order_line primary key (order_id, position)
);
create index ix_order_line_sku on orders.order_line (sku, order_id);
create table orders.order_return (
  return_id varchar(64) not null,
  order_id  varchar(64) not null,
  position  bigint      not null,
  amount    bigint      not null,
  status    varchar(16) not null,
  constraint pk_order_return primary key (return_id)
);
create index ix_order_return_order on orders.order_return (order_id, position);
-- Which order each reference is for; no projection: a replay leaves it alone.
create table orders.order_reference (
  shop      varchar(255) not null,
  reference varchar(128) not null,
  order_id  varchar(64)  not null,
  constraint pk_order_reference primary key (shop, reference)
);
create table orders.known_sku (
  sku varchar(64) not null,
  constraint pk_known_sku primary key (sku)
);
