-- One row for each saga of an order, with what is asked about all of them beside its state; owned by fulfillment.
create schema if not exists fulfillment;
create table fulfillment.saga (
  order_id         varchar(64)  not null,
  saga_type        varchar(64)  not null,
  state            bytea not null,
  phase            varchar(32),
  waiting_party    varchar(16),
  waiting_code     varchar(64),
  waiting_since    timestamp(6) with time zone,
  waiting_deadline timestamp(6) with time zone,
  due              timestamp(6) with time zone,
  deadline_id      varchar(100),
  constraint pk_saga primary key (order_id, saga_type)
);
create index ix_saga_due on fulfillment.saga (due);
