/** JavaScript's own objects, put back where a cell has changed them: the page's worker is built on them. */

/** One property of one of them, as it was. */
interface Property {
  readonly name: string;
  readonly owner: object;
  readonly key: PropertyKey;
  readonly descriptor: PropertyDescriptor;
}

const names = [
  ...["Object", "Function", "Array", "String", "Number", "Boolean", "Symbol", "BigInt"],
  ...["Promise", "Map", "Set", "WeakMap", "WeakSet", "RegExp", "Date", "Math", "JSON", "Reflect"],
  ...["Error", "TypeError", "RangeError", "SyntaxError", "Proxy", "ArrayBuffer", "DataView"],
  ...["Int8Array", "Uint8Array", "Int32Array", "Uint32Array", "Float64Array", "TextEncoder"],
  ...["MessagePort", "MessageEvent", "EventTarget", "Performance"],
] as const;

/**
 * Remembers how they are now.
 *
 * @returns what puts back each property that was changed or taken away since, and returns their names;
 *   what was added stays, but to `Object.prototype`, for every object would have it. It throws where a property
 *   cannot be put back.
 */
export function guardIntrinsics(scope: object): () => readonly string[] {
  const { getOwnPropertyDescriptor, defineProperty } = Object;
  const { is } = Object;
  const properties = propertiesOf(scope);
  const clear = additionsTo(scope);
  return () => {
    const changed: string[] = [];
    // First: a descriptor is an object, too.
    const added = clear();
    // Counted by hand: the iterators of arrays may be among what was changed.
    let count = 0;
    for (let i = 0, most = added.length; i < most; i++) {
      const name = `Object.prototype.${String(added[i])}`;
      defineProperty(changed, count++, { value: name, enumerable: true, configurable: true });
    }
    for (let i = 0, most = properties.length; i < most; i++) {
      const property = properties[i];
      if (property === undefined) continue;
      const { owner, key, descriptor, name } = property;
      const now = getOwnPropertyDescriptor(owner, key);
      const same =
        now !== undefined &&
        is(now.value, descriptor.value) &&
        now.get === descriptor.get &&
        now.set === descriptor.set;
      if (same) continue;
      defineProperty(owner, key, descriptor);
      defineProperty(changed, count++, { value: name, enumerable: true, configurable: true });
    }
    return changed;
  };
}

/** Returns what takes away each property that `Object.prototype` has got since, and returns their keys. */
function additionsTo(scope: object): () => readonly PropertyKey[] {
  const { ownKeys, deleteProperty, get } = Reflect;
  const prototype: unknown = get(get(scope, "Object") as object, "prototype");
  if (typeof prototype !== "object" || prototype === null) return () => [];
  const known = ownKeys(prototype);
  return () => {
    // The keys that are to go stand at the beginning of what is returned: no method of an array is called.
    const keys = ownKeys(prototype);
    let count = 0;
    for (let i = 0, most = keys.length; i < most; i++) {
      const key = keys[i];
      let isKnown = key === undefined;
      for (let j = 0, all = known.length; j < all; j++) isKnown ||= known[j] === key;
      if (isKnown || key === undefined) continue;
      if (!deleteProperty(prototype, key)) throw new Error("a property cannot be taken away");
      keys[count++] = key;
    }
    keys.length = count;
    return keys;
  };
}

function propertiesOf(scope: object): readonly Property[] {
  const own = (owner: object, name: string): Property[] =>
    Reflect.ownKeys(owner).flatMap((key) => {
      const descriptor = Object.getOwnPropertyDescriptor(owner, key);
      if (descriptor?.configurable !== true && descriptor?.writable !== true) return [];
      return [{ name: `${name}.${String(key)}`, owner, key, descriptor }];
    });
  const isObject = (value: unknown): value is object =>
    (typeof value === "object" && value !== null) || typeof value === "function";
  const iterators = [[].values(), new Map().values(), new Set().values(), "".matchAll(/x/g)];
  return [
    ...names.flatMap((name) => {
      const owner: unknown = Reflect.get(scope, name);
      if (!isObject(owner)) return [];
      const prototype: unknown = Reflect.get(owner, "prototype");
      const descriptor = Object.getOwnPropertyDescriptor(scope, name);
      return [
        ...(descriptor === undefined ? [] : [{ name, owner: scope, key: name, descriptor }]),
        ...own(owner, name),
        ...(isObject(prototype) ? own(prototype, `${name}.prototype`) : []),
      ];
    }),
    ...["setTimeout", "setInterval", "clearTimeout", "clearInterval", "performance"].flatMap(
      (key) => {
        const descriptor = Object.getOwnPropertyDescriptor(scope, key);
        return descriptor === undefined ? [] : [{ name: key, owner: scope, key, descriptor }];
      },
    ),
    ...iterators.flatMap((one) => {
      const prototype: unknown = Object.getPrototypeOf(one);
      return isObject(prototype) ? own(prototype, "an iterator") : [];
    }),
  ];
}
