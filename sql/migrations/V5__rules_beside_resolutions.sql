-- What the rules alone would do, with what is known now, about each refund that an accountant resolved: in versions of its
-- own, since what they would do changes nothing that was done. A resolution that a late capture overtakes is found here.
create table recredit_store.rules_decision (
  refund_id text collate "C" not null,
  since_run bigint not null,
  until_run bigint,
  order_id text collate "C" not null,
  -- The match rule by which they would credit it, or the reason why not.
  rules_decision text not null,
  -- What they would credit, and on which captures; empty where they would not.
  capture_id text[] not null,
  amount bigint[] not null,
  primary key (refund_id, since_run),
  check (until_run > since_run),
  check (cardinality(capture_id) = cardinality(amount))
);

create unique index rules_decision_in_force on recredit_store.rules_decision (refund_id) where until_run is null;
create index rules_decision_of_order on recredit_store.rules_decision using hash (order_id);
