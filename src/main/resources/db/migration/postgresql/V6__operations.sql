-- Processors that an operator has paused, on all nodes and over restarts; owned by operations.
create schema if not exists operations;
create table operations.paused_processor (
  name      varchar(255) not null,
  paused_at timestamptz not null,
  constraint pk_paused_processor primary key (name)
);
