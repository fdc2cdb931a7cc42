-- Texts from outside are as long as they have code points; H2 counts the units of UTF-16, of which one can have two.
alter table orders.customer_order alter column reference set data type varchar(128);
alter table orders.customer_order alter column customer_id set data type varchar(128);
alter table orders.customer_order alter column customer_email set data type varchar(508);
alter table orders.customer_order alter column address_name set data type varchar(400);
alter table orders.customer_order alter column address_street set data type varchar(400);
alter table orders.customer_order alter column address_postal_code set data type varchar(40);
alter table orders.customer_order alter column address_city set data type varchar(200);
alter table payments.refund alter column reason set data type varchar(1000);
