-- Whose order it is, which shops see no others of, and who did what; null for what was placed or done before anybody was asked.
alter table orders.customer_order add column shop varchar(255);
create index ix_order_shop on orders.customer_order (shop, created_at desc, id desc);
alter table payments.payment add column shop varchar(255);
alter table tracking.timeline_entry add column shop varchar(255);
alter table tracking.timeline_entry add column actor varchar(255);
