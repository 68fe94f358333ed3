-- Less to write in a night: order lines in one column instead of eight arrays, which took half of the time of a capture's
-- COPY and a third of its room; and hash indexes for decisions and credits too, whose B-trees on random keys made a night
-- into years of decisions write three times the pages.

-- A JSON array with an array for each line: reference, type, name, quantity, unit_price, tax_rate, total_amount,
-- total_tax_amount. Written exactly as the program does, which compares such texts.
create function recredit_store.order_lines(
  reference text[], type text[], name text[], quantity bigint[], unit_price bigint[], tax_rate bigint[],
  total_amount bigint[], total_tax_amount bigint[]
) returns text language sql immutable as $$
  select '[' || string_agg(
    '[' || concat_ws(',',
      coalesce(to_json(l.reference)::text, 'null'), coalesce(to_json(l.type)::text, 'null'),
      coalesce(to_json(l.name)::text, 'null'), coalesce(l.quantity::text, 'null'),
      coalesce(l.unit_price::text, 'null'), coalesce(l.tax_rate::text, 'null'),
      l.total_amount::text, coalesce(l.total_tax_amount::text, 'null')) || ']',
    ',' order by l.n) || ']'
  from unnest(reference, type, name, quantity, unit_price, tax_rate, total_amount, total_tax_amount)
    with ordinality l (reference, type, name, quantity, unit_price, tax_rate, total_amount, total_tax_amount, n)
$$;

-- One pass over each table, which leaves nothing of the arrays in it. Where there are no lines the text is null.
do $$
declare
  input text;
begin
  foreach input in array array['capture', 'refund', 'capture_staging', 'refund_staging'] loop
    execute format(
      $alter$
      alter table recredit_store.%1$I
        alter column line_reference type text using recredit_store.order_lines(
          line_reference, line_type, line_name, line_quantity, line_unit_price, line_tax_rate, line_total_amount,
          line_total_tax_amount),
        alter column line_type type text[] using null,
        alter column line_name type text[] using null,
        alter column line_quantity type bigint[] using null,
        alter column line_unit_price type bigint[] using null,
        alter column line_tax_rate type bigint[] using null,
        alter column line_total_amount type bigint[] using null,
        alter column line_total_tax_amount type bigint[] using null;
      alter table recredit_store.%1$I rename column line_reference to order_lines;
      alter table recredit_store.%1$I
        drop column line_type, drop column line_name, drop column line_quantity, drop column line_unit_price,
        drop column line_tax_rate, drop column line_total_amount, drop column line_total_tax_amount
      $alter$,
      input);
  end loop;
end $$;

drop function recredit_store.order_lines;

-- No statistics of order lines: nothing is looked up by them, and autovacuum would sort thousands of them while a night is
-- at work.
alter table recredit_store.capture alter column order_lines set statistics 0;
alter table recredit_store.refund alter column order_lines set statistics 0;

-- A refund is decided at most once at a time.
alter table recredit_store.decision drop constraint decision_pkey;
drop index recredit_store.decision_in_force;
create index decision_of_refund on recredit_store.decision using hash (refund_id);
alter table recredit_store.decision
  add constraint decision_in_force exclude using hash (refund_id with =) where (until_run is null);

-- That a refund is credited once to an invoice is for the proof to say: hash indexes cannot.
alter table recredit_store.credit drop constraint credit_pkey;
create index credit_of_refund on recredit_store.credit using hash (refund_id);

-- Without a key, a server that replicates all of its tables would refuse to close or undo their rows.
alter table recredit_store.capture replica identity full;
alter table recredit_store.refund replica identity full;
alter table recredit_store.decision replica identity full;
alter table recredit_store.credit replica identity full;

-- The content of a record of the input, with its order lines as in the files.
create function recredit_store.content(record jsonb) returns jsonb language sql immutable parallel safe as $$
  select jsonb_strip_nulls(record || jsonb_build_object('order_lines', (
    select jsonb_agg(
      jsonb_build_object(
        'reference', line -> 0, 'type', line -> 1, 'name', line -> 2, 'quantity', line -> 3, 'unit_price', line -> 4,
        'tax_rate', line -> 5, 'total_amount', line -> 6, 'total_tax_amount', line -> 7)
      order by n)
    from jsonb_array_elements((record ->> 'order_lines')::jsonb) with ordinality lines (line, n))))
$$;

-- V6's view compares the texts; what people read is taken apart where they ask for it.
alter view recredit.input_change set schema recredit_store;
create view recredit.input_change as
select run_id, decided_on, change, kind, id, order_id, file_before, line_before, file_after, line_after,
  recredit_store.content(before) as before, recredit_store.content(after) as after
from recredit_store.input_change;

do $$
declare
  c record;
begin
  for c in
    select a.attname as name, col_description(a.attrelid, a.attnum) as said
    from pg_attribute a where a.attrelid = 'recredit_store.input_change'::regclass and a.attnum > 0
  loop
    execute format('comment on column recredit.input_change.%I is %L', c.name, c.said);
  end loop;
  execute format('comment on view recredit.input_change is %L',
    obj_description('recredit_store.input_change'::regclass, 'pg_class'));
end $$;

comment on column recredit.input_change.before is 'The record as it counted before, with its order lines as in the files.';
