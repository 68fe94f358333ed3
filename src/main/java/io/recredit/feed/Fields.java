package io.recredit.feed;

import static io.recredit.wording.Messages.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that the contract names: under which names each comes, what it may
 * hold, and whether it must be there. Names that are not here are ignored.
 */
final class Fields {

  private final Map<String, Place<?>> places = new HashMap<>();
  private final List<Name<?>> names = new ArrayList<>();
  private final boolean aboutPersons;

  Fields() {
    this(false);
  }

  private Fields(boolean aboutPersons) {
    this.aboutPersons = aboutPersons;
  }

  /** Of objects in which much that is not named is about persons. */
  static Fields amongPersonalOnes() {
    return new Fields(true);
  }

  /** Whether objects that stand where none is wanted are not to be quoted. */
  boolean areAboutPersons() {
    return aboutPersons;
  }

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
   * Another name that a field comes under.
   *
   * @param wins whether it counts where the two have different values; otherwise that is a fault
   */
  record Spelling(String name, boolean wins) {

    static Spelling of(String name) {
      return new Spelling(name, false);
    }

    /** The Klarna Network's id beside that of the older API, which names the same by another id. */
    static Spelling networkId(String name) {
      return new Spelling(name, true);
    }
  }

  /**
   * A field, under whose name or names one asks for what was said.
   *
   * @param name how people call it
   * @param other where it comes under a second name that means the same
   * @param otherWins whether the second one counts where they differ
   */
  record Name<T>(
      String name, boolean required, Place<T> place, @Nullable Place<T> other, boolean otherWins) {}

  <T> Name<T> required(String name, Type<T> type) {
    return add(new Name<>(name, true, place(name, type), null, false));
  }

  <T> Name<T> required(String name, Spelling other, Type<T> type) {
    return add(new Name<>(name, true, place(name, type), place(other.name(), type), other.wins()));
  }

  <T> Name<T> optional(String name, Type<T> type) {
    return add(new Name<>(name, false, place(name, type), null, false));
  }

  <T> Name<T> optional(String name, Spelling other, Type<T> type) {
    return add(new Name<>(name, false, place(name, type), place(other.name(), type), other.wins()));
  }

  private <T> Name<T> add(Name<T> name) {
    names.add(name);
    return name;
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
    return new Said(this);
  }

  /**
   * What one object says under these names; of a repeated name the last counts. Its values are
   * there to be asked for once it has no faults.
   */
  static final class Said {

    private final Fields known;
    private final @Nullable Field<?>[] fields;

    private Said(Fields known) {
      this.known = known;
      this.fields = new @Nullable Field<?>[known.places.size()];
    }

    void put(Place<?> place, Field<?> field) {
      fields[place.index()] = field;
    }

    /** Says this where the object says nothing. */
    <T> void putIfAbsent(Name<T> name, T value) {
      if (field(name).saysNothing()) {
        put(name.place(), Field.of(name.name(), value));
      }
    }

    /** All that is wrong, in the order in which the fields are known. */
    List<String> faults() {
      var faults = new ArrayList<String>();
      for (var name : known.names) {
        var field = field(name);
        faults.addAll(field.faults());
        if (name.required() && field.saysNothing()) {
          faults.add(text("feed.field.missing", name.name()));
        }
      }
      return faults;
    }

    <T> T required(Name<T> name) {
      return Objects.requireNonNull(field(name).value());
    }

    <T> @Nullable T orNull(Name<T> name) {
      return field(name).value();
    }

    /** What stands beside the spelling that counts, where that is another value. */
    <T> @Nullable T besideOrNull(Name<T> name) {
      var beside = at(name.place()).value();
      return Objects.equals(beside, field(name).value()) ? null : beside;
    }

    private <T> Field<T> field(Name<T> name) {
      var field = at(name.place());
      if (name.other() == null) {
        return field;
      }
      var other = at(name.other());
      return name.otherWins() ? other.before(field) : field.or(other);
    }

    @SuppressWarnings("unchecked") // put there by a place of this type
    private <T> Field<T> at(Place<T> place) {
      var field = (Field<T>) fields[place.index()];
      return field == null ? Field.absent() : field;
    }
  }
}
