-- What asynchronous gateways add to a payment, refunds, and the callbacks of the gateway; owned by payment.
alter table payments.payment add column authorization_id  varchar(255);
alter table payments.payment add column capture_before    timestamp(6) with time zone;
alter table payments.payment add column action_type       varchar(32);
alter table payments.payment add column action_url        varchar(2000);
alter table payments.payment add column action_expires_at timestamp(6) with time zone;
alter table payments.operation add column requested_at    timestamp(6) with time zone;
create index ix_operation_status on payments.operation (status);
create table payments.refund (
  refund_id  varchar(64)  not null,
  payment_id varchar(64)  not null,
  position   bigint       not null,
  amount     bigint       not null,
  reason     varchar(500),
  status     varchar(16)  not null,
  constraint pk_refund primary key (refund_id)
);
create index ix_refund_payment on payments.refund (payment_id, position);
-- Kept for ever: what the gateway has told us, whether or not it matched anything.
create table payments.callback (
  gateway      varchar(32)  not null,
  callback_id  varchar(255) not null,
  payment_id   varchar(64),
  operation_id varchar(255),
  status       varchar(16)  not null,
  attempts     int          not null,
  received_at  timestamp(6) with time zone not null,
  next_try     timestamp(6) with time zone,
  handled_at   timestamp(6) with time zone,
  constraint pk_callback primary key (gateway, callback_id)
);
create index ix_callback_due on payments.callback (status, next_try);
