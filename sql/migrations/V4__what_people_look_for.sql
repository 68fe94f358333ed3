-- By what people have: a shop's own order number, its reference of a return or a shipment (the beginning of it will do),
-- the number of an invoice, an amount. Ids of orders, captures and refunds have their hash indexes. Shops count their
-- references up, and amounts repeat, so these B-trees cost a night little; a record without a reference is in none.
-- Invoice numbers are random: any index that has each of them would cost a night a tenth. This one has a Bloom filter for
-- each range of blocks, and is written when ranges are summarized.
create index capture_by_order_reference on recredit_store.capture ((merchant_reference1 collate "C"))
  where merchant_reference1 is not null;
create index capture_by_reference on recredit_store.capture ((reference collate "C")) where reference is not null;
create index capture_by_invoice on recredit_store.capture using brin (klarna_reference text_bloom_ops);
create index refund_by_order_reference on recredit_store.refund ((merchant_reference1 collate "C"))
  where merchant_reference1 is not null;
create index refund_by_reference on recredit_store.refund ((reference collate "C")) where reference is not null;
create index refund_by_amount on recredit_store.refund (refunded_amount);

-- A report is entered before its files get their names, and is whole once all of them have: what a report that was killed
-- between left in its folder is known for what it is.
alter table recredit_store.report add column is_whole boolean not null default true;
