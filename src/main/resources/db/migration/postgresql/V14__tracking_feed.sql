-- In which order the facts of all orders became known here; owned by tracking, and never rebuilt: readers have places in it.
create table tracking.feed (
  position bigint      not null,
  order_id varchar(64) not null,
  entry_id bigint      not null,
  constraint pk_feed primary key (position)
);
insert into tracking.feed (position, order_id, entry_id)
  select row_number() over (order by at, order_id, id), order_id, id from tracking.timeline_entry;

-- One row: whoever adds to the feed holds it until the commit, so that positions become visible in their order.
create table tracking.feed_end (
  position bigint not null
);
insert into tracking.feed_end (position) select count(*) from tracking.feed;

-- How many orders had which outcome in a span of time.
create index ix_timeline_entry_fact on tracking.timeline_entry (fact, at);
