-- A fact keeps its place in the feed by its event, whatever number a replay gives to its timeline entry.
alter table tracking.timeline_entry add column event_id varchar(255);
create index ix_timeline_entry_event on tracking.timeline_entry (event_id);

alter table tracking.feed drop column order_id;
alter table tracking.feed drop column entry_id;
alter table tracking.feed add column event_id varchar(255);

-- Which event an entry tells cannot be found by SQL: the projection handles all of them again, and gives them places anew.
delete from tracking.feed;
update tracking.feed_end set position = 0;
delete from tracking.timeline_entry;
delete from axon.token_entry where processor_name = 'tracking-timeline';
delete from axon.dead_letter_entry where processing_group = 'tracking-timeline';

alter table tracking.timeline_entry alter column event_id set not null;
alter table tracking.feed alter column event_id set not null;
alter table tracking.feed add constraint uq_feed_event unique (event_id);
