-- What happened to each order, in words; owned by tracking, rebuilt from events.

create schema if not exists tracking;

create table tracking.timeline_entry (
  order_id         varchar(64)  not null,
  id               bigint       not null,
  module           varchar(64)  not null,
  fact             varchar(64)  not null,
  text             varchar(500) not null,
  waiting_party    varchar(16),
  waiting_code     varchar(64),
  waiting_since    timestamp(6) with time zone,
  waiting_deadline timestamp(6) with time zone,
  at               timestamp(6) with time zone not null,
  constraint pk_timeline_entry primary key (order_id, id)
);
