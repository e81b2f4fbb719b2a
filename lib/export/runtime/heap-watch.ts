/**
 * Watches how much memory the objects take that cells have made and still hold.
 *
 * No browser tells a worker the size of its heap, nor which objects are still in use before a busy cell
 * has ended. Where the address space for buffers is small, as in Chromium (a terabyte), that can be found
 * out: an empty buffer that only reserves addresses goes with every 16 MB of objects, and the garbage
 * collector frees it with its object. It runs before a buffer is refused, so how many more can be
 * reserved until one is refused tells how many of the objects are still held.
 */

/** Reserves addresses without memory. */
export interface AddressSpace {
  /** @throws where there is no more, which the garbage collector has then made sure of. */
  readonly reserve: () => object;
  readonly release: (reserved: object) => void;
}

/** Counts objects as they are made. */
export type Made = <Value>(value: Value) => Value;

/** Bytes of objects that the cells of a page may hold: with more, a count takes seconds. */
export const mostObjectBytes = 2 ** 29;

/** Bytes of objects that one reservation stands for. */
const bytesEach = 2 ** 24;
/** More reservations than any address space has that can be watched. */
const mostReservations = 4096;
/** Reservations between two counts, at least. */
const fewest = 8;

/** Bytes that an object is taken for, and an element of an array: more than in Chromium, as in other engines. */
const objectBytes = 48;
const elementBytes = 8;
/** Bytes of a text besides its letters. */
const stringBytes = 16;
/** Texts of a shorter array are not looked at. */
const fewestTexts = 64;
/** An array longer than this is made without its elements. */
const longestArray = 2 ** 25;

/** As it is before a cell runs. */
const { isArray } = Array;

/**
 * Returns what is to be called with every object that cells make.
 *
 * @param most bytes that cells may hold, from 128 MB
 * @param full called when they hold more; nothing is watched from then on
 */
export function createHeapWatch(most: number, space: AddressSpace, full: () => void): Made {
  const mostHeld = Math.ceil(most / bytesEach);
  let held = new WeakMap<object, readonly object[]>();
  let free: number | undefined;
  let untilCount = mostHeld;
  let bytes = 0;
  let watching = true;

  /** Returns how many reservations can be made, after a garbage collection. */
  const count = (): number => {
    const reserved: object[] = [];
    try {
      while (reserved.length < mostReservations) reserved.push(space.reserve());
    } catch {
      // All of the address space is taken: that is what was to be known.
    }
    for (const one of reserved) space.release(one);
    return reserved.length;
  };
  const examine = (): void => {
    const left = count();
    const taken = (free ?? left) - left;
    untilCount = Math.max(fewest, mostHeld - taken);
    if (taken < mostHeld) return;
    // Another tab may have taken them: without their objects, those of these cells alone come back.
    held = new WeakMap();
    free = count();
    untilCount = mostHeld;
    if (free - left < mostHeld) return;
    watching = false;
    full();
  };
  // A function of its own: what still had the map would keep it from the garbage collector.
  const attach = (value: object): void => {
    const wanted = Math.min(mostHeld, Math.floor(bytes / bytesEach));
    bytes = 0;
    const more = Array.from({ length: wanted }, space.reserve);
    held.set(value, [...(held.get(value) ?? []), ...more]);
    untilCount -= wanted;
  };
  const accompany = (value: object): void => {
    if (free === undefined) {
      free = count();
      watching = free > mostHeld && free < mostReservations;
      if (!watching) return;
    }
    try {
      attach(value);
    } catch {
      untilCount = 0;
    }
    if (untilCount <= 0) examine();
  };
  return (value) => {
    if (watching && isObject(value)) {
      bytes += isArray(value) ? objectBytes + bytesOf(value) : objectBytes;
      if (bytes >= bytesEach) accompany(value);
    }
    return value;
  };
}

const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";

const bytesOf = (array: readonly unknown[]): number =>
  array.length > longestArray ? 0 : array.length * (elementBytes + textBytes(array));

/** What each text of an array takes besides, judged by two of them: texts that are equal may be one. */
function textBytes(array: readonly unknown[]): number {
  const { length } = array;
  if (length < fewestTexts) return 0;
  const [one, other] = [array[length >> 1], array[length - 1]];
  if (typeof one !== "string" || typeof other !== "string" || one === other) return 0;
  const shorter = one.length < other.length ? one.length : other.length;
  // One letter is the same text wherever it stands.
  return shorter < 2 ? 0 : stringBytes + shorter;
}
