-- The money of each order, its operations at the gateway as asked for, its refunds, the callbacks of the gateway and
-- comparisons with its ledger; owned by payment.
create schema if not exists payments;
create table payments.payment (
  payment_id        varchar(64) not null,
  order_id          varchar(64) not null,
  shop              varchar(255) not null,
  status            varchar(32) not null,
  currency          varchar(3)  not null,
  amount            bigint      not null,
  authorized        bigint      not null,
  captured          bigint      not null,
  refunded          bigint      not null,
  authorization_id  varchar(255),
  capture_before    timestamptz,
  action_type       varchar(64),
  action_url        varchar(2000),
  action_expires_at timestamptz,
  -- Which event of the payment its row has reached: what If-Match is compared with in the aggregate.
  version           bigint      not null,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  constraint pk_payment primary key (payment_id)
);
create table payments.operation (
  operation_id varchar(160) not null,
  payment_id   varchar(64)  not null,
  position     bigint       not null,
  kind         varchar(16)  not null,
  -- The shipment of a capture, the refund of a refund; null for an authorization and a reversal.
  subject      varchar(64),
  status       varchar(16)  not null,
  amount       bigint       not null,
  code         varchar(255),
  requested_at timestamptz not null,
  constraint pk_operation primary key (operation_id)
);
create index ix_operation_payment on payments.operation (payment_id, position);
create index ix_operation_status on payments.operation (status);
create index ix_operation_requested on payments.operation (requested_at, operation_id);
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
-- Callbacks of the gateway, whether or not they matched anything. No projection: a replay does not touch it.
create table payments.callback (
  gateway      varchar(32)  not null,
  callback_id  varchar(255) not null,
  payment_id   varchar(64),
  operation_id varchar(255),
  status       varchar(16)  not null,
  attempts     int          not null,
  received_at  timestamptz not null,
  next_try     timestamptz,
  handled_at   timestamptz,
  constraint pk_callback primary key (gateway, callback_id)
);
create index ix_callback_due on payments.callback (status, next_try);
create index ix_callback_handled on payments.callback (handled_at);
-- Comparisons of our ledger with the gateway's. No projections: a replay leaves them alone.
create table payments.reconciliation (
  reconciliation_id varchar(64) not null,
  gateway           varchar(32) not null,
  status            varchar(16) not null,
  -- True while it runs, then null: at most one runs.
  running           boolean,
  attempt           int         not null,
  since             timestamptz not null,
  started_at        timestamptz not null,
  finished_at       timestamptz,
  compared          bigint      not null,
  in_flight         bigint      not null,
  differences       bigint      not null,
  -- The first 200 differences as JSON.
  listed            text,
  failure           varchar(1000),
  constraint pk_reconciliation primary key (reconciliation_id),
  constraint uq_reconciliation_running unique (running)
);
-- The gateway's ledger, copied by a running reconciliation; emptied when it ends.
create table payments.reconciliation_line (
  reconciliation_id varchar(64) not null,
  position          bigint      not null,
  operation_id      varchar(255),
  reference         varchar(255),
  kind              varchar(16) not null,
  status            varchar(16) not null,
  currency          varchar(3),
  amount            bigint,
  at                timestamptz,
  constraint pk_reconciliation_line primary key (reconciliation_id, position),
  constraint fk_reconciliation_line foreign key (reconciliation_id)
    references payments.reconciliation (reconciliation_id) on delete cascade
);
create index ix_reconciliation_line_operation on payments.reconciliation_line (reconciliation_id, operation_id);
