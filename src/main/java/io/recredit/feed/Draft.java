package io.recredit.feed;

/** A record in the making: takes the fields of a JSON object one by one, then is finished. */
interface Draft<T> {

  /** Takes the value of the field, or skips it if the contract does not name it. */
  void take(String field, JsonFields in);

  T finish() throws BadRecordException;
}
