-- What is on hand and held of each SKU, and every movement behind it; owned by inventory, rebuilt from events.

create schema if not exists inventory;

create table inventory.stock (
  sku        varchar(64) not null,
  on_hand    integer     not null,
  reserved   integer     not null,
  version    bigint      not null,
  updated_at timestamp(6) with time zone not null,
  constraint pk_stock primary key (sku)
);

create table inventory.movement (
  sku             varchar(64) not null,
  sequence        bigint      not null,
  kind            varchar(16) not null,
  on_hand_change  integer     not null,
  reserved_change integer     not null,
  order_id        varchar(64),
  movement_id     varchar(128),
  reason          varchar(64),
  note            varchar(1000),
  at              timestamp(6) with time zone not null,
  constraint pk_movement primary key (sku, sequence)
);
