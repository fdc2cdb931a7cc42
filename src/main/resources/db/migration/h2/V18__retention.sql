-- What may be deleted when it is old. Requests from before are kept for ever: which commands they were for is not known.
alter table platform.handled_request add column permanent boolean default true not null;
create index ix_handled_request_handled on platform.handled_request (permanent, handled_at);
create index ix_callback_handled on payments.callback (handled_at);
