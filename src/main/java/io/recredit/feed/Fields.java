package io.recredit.feed;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that the contract names: under which names each comes, and what it
 * may hold. Names that are not here are ignored.
 */
final class Fields {

  private final Map<String, Place<?>> places = new HashMap<>();

  /** How a value is read. */
  @FunctionalInterface
  interface Type<T> {
    Field<T> read(JsonFields in, String name);
  }

  /** Where a value is kept that comes under one name. */
  record Place<T>(int index, Type<T> type) {

    Field<T> read(JsonFields in, String name) {
      return type.read(in, name);
    }
  }

  /**
   * A field, under whose name or names one asks for what was said.
   *
   * @param name how people call it
   * @param other where it comes under a second name that means the same
   */
  record Name<T>(String name, Place<T> place, @Nullable Place<T> other) {}

  <T> Name<T> add(String name, Type<T> type) {
    return new Name<>(name, place(name, type), null);
  }

  /** A field that comes under either of two names. */
  <T> Name<T> add(String name, String other, Type<T> type) {
    return new Name<>(name, place(name, type), place(other, type));
  }

  private <T> Place<T> place(String name, Type<T> type) {
    var place = new Place<>(places.size(), type);
    places.put(name, place);
    return place;
  }

  @Nullable Place<?> placeOf(String name) {
    return places.get(name);
  }

  /** What an object says, before anything was said. */
  Said nothingSaid() {
    return new Said(places.size());
  }

  /** What one object says under these names; of a repeated name the last counts. */
  static final class Said {

    private final @Nullable Field<?>[] fields;

    private Said(int places) {
      fields = new @Nullable Field<?>[places];
    }

    void put(Place<?> place, Field<?> field) {
      fields[place.index()] = field;
    }

    <T> Field<T> field(Name<T> name) throws BadRecordException {
      var field = at(name.place());
      return name.other() == null ? field : field.or(at(name.other()));
    }

    <T> T required(Name<T> name) throws BadRecordException {
      return field(name).required(name.name());
    }

    <T> @Nullable T orNull(Name<T> name) throws BadRecordException {
      return field(name).orNull();
    }

    @SuppressWarnings("unchecked") // put there by a place of this type
    private <T> Field<T> at(Place<T> place) {
      var field = (Field<T>) fields[place.index()];
      return field == null ? Field.absent() : field;
    }
  }
}
