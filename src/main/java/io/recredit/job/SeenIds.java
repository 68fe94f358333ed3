package io.recredit.job;

import org.jspecify.annotations.Nullable;

/**
 * Which ids a file may have had before: a Bloom filter of 8 MiB, whatever the file's size. It never
 * misses an id that was there; that it takes some for seen that were not only costs them the way
 * through staging.
 */
final class SeenIds {

  private static final int BITS = 1 << 26;
  private static final int PROBES = 4;

  private final long @Nullable [] bits;

  private SeenIds(long @Nullable [] bits) {
    this.bits = bits;
  }

  /** Nothing was there yet. */
  static SeenIds none() {
    return new SeenIds(new long[BITS / Long.SIZE]);
  }

  /** Anything may have been there. */
  static SeenIds all() {
    return new SeenIds(null);
  }

  boolean addAndTellIfPossiblySeen(String id) {
    if (bits == null) {
      return true;
    }
    var seen = true;
    var hash = mix(id.hashCode());
    for (var i = 0; i < PROBES; i++) {
      var bit = (int) (hash + i * (hash >>> 32)) & (BITS - 1);
      var mask = 1L << bit;
      seen &= (bits[bit >>> 6] & mask) != 0;
      bits[bit >>> 6] |= mask;
    }
    return seen;
  }

  /** MurmurHash3's finalizer: every bit of the result depends on every bit of the value. */
  private static long mix(long value) {
    var mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
