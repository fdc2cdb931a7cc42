-- What happened to each order, in words, and the feed of it; owned by tracking.
create schema if not exists tracking;
-- Rebuilt from events.
create table tracking.timeline_entry (
  order_id         varchar(64)  not null,
  id               bigint       not null,
  event_id         varchar(255) not null,
  shop             varchar(255) not null,
  actor            varchar(255),
  module           varchar(64)  not null,
  fact             varchar(64)  not null,
  text             varchar(500) not null,
  waiting_code     varchar(64),
  waiting_since    timestamptz,
  waiting_deadline timestamptz,
  at               timestamptz not null,
  constraint pk_timeline_entry primary key (order_id, id)
);
create index ix_timeline_entry_event on tracking.timeline_entry (event_id);
-- How many orders had which outcome in a span of time.
create index ix_timeline_entry_fact on tracking.timeline_entry (fact, at);
-- In which order the facts of all orders became known here; never rebuilt: readers have places in it. A fact keeps its
-- place by its event, whatever number a replay gives to its timeline entry.
create table tracking.feed (
  position bigint       not null,
  event_id varchar(255) not null,
  constraint pk_feed primary key (position),
  constraint uq_feed_event unique (event_id)
);
-- One row, locked by each writer of the feed until its commit, so that positions become visible in order.
create table tracking.feed_end (
  position bigint not null
);
insert into tracking.feed_end (position) values (0);
