-- The money of each order and its operations at the gateway, as asked for; owned by payment.
create schema if not exists payments;
create table payments.payment (
  payment_id varchar(64) not null,
  order_id   varchar(64) not null,
  status     varchar(32) not null,
  currency   varchar(3)  not null,
  amount     bigint      not null,
  authorized bigint      not null,
  captured   bigint      not null,
  refunded   bigint      not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null,
  constraint pk_payment primary key (payment_id)
);
create table payments.operation (
  operation_id varchar(160) not null,
  payment_id   varchar(64)  not null,
  position     bigint       not null,
  kind         varchar(16)  not null,
  status       varchar(16)  not null,
  amount       bigint       not null,
  code         varchar(255),
  constraint pk_operation primary key (operation_id)
);
create index ix_operation_payment on payments.operation (payment_id, position);
