-- Comparisons of our ledger with the gateway's; owned by payment. No projections: a replay leaves them alone.
create table payments.reconciliation (
  reconciliation_id varchar(64) not null,
  gateway           varchar(32) not null,
  status            varchar(16) not null,
  -- True while it runs, then null: at most one runs.
  running           boolean,
  attempt           int         not null,
  since             timestamp(6) with time zone not null,
  started_at        timestamp(6) with time zone not null,
  finished_at       timestamp(6) with time zone,
  compared          bigint      not null,
  in_flight         bigint      not null,
  differences       bigint      not null,
  failure           varchar(1000),
  constraint pk_reconciliation primary key (reconciliation_id),
  constraint uq_reconciliation_running unique (running)
);
create table payments.reconciliation_difference (
  reconciliation_id varchar(64) not null,
  position          bigint      not null,
  kind              varchar(32) not null,
  operation_id      varchar(255),
  payment_id        varchar(64),
  gateway_reference varchar(255),
  our_kind          varchar(16),
  our_status        varchar(16),
  our_currency      varchar(3),
  our_amount        bigint,
  their_kind        varchar(16),
  their_status      varchar(16),
  their_currency    varchar(3),
  their_amount      bigint,
  their_at          timestamp(6) with time zone,
  text              varchar(500) not null,
  constraint pk_reconciliation_difference primary key (reconciliation_id, position),
  constraint fk_reconciliation_difference foreign key (reconciliation_id)
    references payments.reconciliation (reconciliation_id) on delete cascade
);
-- What a running comparison has read; emptied when it ends.
create table payments.reconciliation_line (
  reconciliation_id varchar(64) not null,
  position          bigint      not null,
  operation_id      varchar(255),
  reference         varchar(255),
  kind              varchar(16),
  status            varchar(16),
  currency          varchar(3),
  amount            bigint,
  at                timestamp(6) with time zone,
  successes         int         not null,
  verdict           varchar(16) not null,
  constraint pk_reconciliation_line primary key (reconciliation_id, position),
  constraint uq_reconciliation_line_operation unique (reconciliation_id, operation_id),
  constraint fk_reconciliation_line foreign key (reconciliation_id)
    references payments.reconciliation (reconciliation_id) on delete cascade
);
-- Operations that were projected before they had an instant: about that of their payment; a replay makes it exact.
update payments.operation as o set requested_at =
  (select p.created_at from payments.payment p where p.payment_id = o.payment_id) where o.requested_at is null;
create index ix_operation_requested on payments.operation (requested_at, operation_id);
