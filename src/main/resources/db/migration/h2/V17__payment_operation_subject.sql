-- What an operation is for: the shipment of a capture, the refund of a refund; null for an authorization and a reversal; owned by payment.
alter table payments.operation add column subject varchar(64);
update payments.operation set subject = regexp_replace(substring(operation_id from char_length(payment_id) + 10),
  '-[0-9]+$', '') where kind = 'CAPTURE';
update payments.operation set subject = (select r.refund_id from payments.refund r where r.refund_id =
  regexp_replace(substring(operation_id from char_length(operation.payment_id) + 9), '-[0-9]+$', ''))
  where kind = 'REFUND';
