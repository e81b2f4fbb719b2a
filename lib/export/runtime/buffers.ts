/**
 * Typed arrays of cells are counted: a browser lets them grow until the machine has no memory left.
 *
 * Objects are another matter: the browser ends a page whose heap is full. No browser tells how much
 * memory a worker has while that is busy.
 */

/** Bytes that cells may have in typed arrays and buffers. */
export const mostBufferBytes = 2 ** 31;

const counted = [
  ...["ArrayBuffer", "SharedArrayBuffer", "Int8Array", "Uint8Array", "Uint8ClampedArray"],
  ...["Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array"],
  ...["BigInt64Array", "BigUint64Array"],
];

type Constructor = new (...values: readonly unknown[]) => object;

/**
 * Returns, by their names, the constructors that cells are to use in place of the global ones.
 *
 * What is no longer used counts until it has been collected, which it is not while a cell runs without
 * a pause.
 *
 * @param most bytes at once, from 1
 */
export function countedBuffers(most: number): Readonly<Record<string, unknown>> {
  let bytes = 0;
  const gone = new FinalizationRegistry<number>((size) => {
    bytes -= size;
  });
  const allow = (size: number): void => {
    if (bytes + size <= most) return;
    throw new RangeError(
      `cells have made ${(most / 2 ** 30).toFixed(1)} GB of typed arrays: the machine's memory would run out; ` +
        `make fewer, or use them again`,
    );
  };
  const found = counted.flatMap((name) => {
    const made: unknown = Reflect.get(globalThis, name);
    return isConstructor(made) ? [[name, made] as const] : [];
  });
  return Object.fromEntries(
    found.map(([name, original]) => [
      name,
      new Proxy(original, {
        construct: (target, values: readonly unknown[], newTarget): object => {
          const [first] = values;
          if (typeof first === "number") allow(first * elementSize(target));
          const made: unknown = Reflect.construct(target, values, newTarget);
          if (typeof made !== "object" || made === null) throw new TypeError(`no ${name}`);
          // A view of a buffer has no memory of its own.
          const size = isBuffer(first) ? 0 : sizeOf(made);
          if (size > 0) {
            allow(size);
            bytes += size;
            gone.register(made, size);
          }
          return made;
        },
      }),
    ]),
  );
}

const isConstructor = (value: unknown): value is Constructor => typeof value === "function";

function elementSize(target: object): number {
  const size: unknown = Reflect.get(target, "BYTES_PER_ELEMENT");
  return typeof size === "number" ? size : 1;
}

function sizeOf(made: object): number {
  const size: unknown = Reflect.get(made, "byteLength");
  return typeof size === "number" ? size : 0;
}

function isBuffer(value: unknown): boolean {
  return (
    value instanceof ArrayBuffer ||
    (typeof SharedArrayBuffer === "function" && value instanceof SharedArrayBuffer)
  );
}
