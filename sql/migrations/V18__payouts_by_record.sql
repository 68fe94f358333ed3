-- In which payout one refund, or one capture, is: a look-up, whose order need not be known.
create index payout_match_of_record on recredit_store.payout_match using hash (record_id);
