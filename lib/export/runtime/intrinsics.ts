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
 *   what was added stays. It throws where a property cannot be put back.
 */
export function guardIntrinsics(scope: object): () => readonly string[] {
  const { getOwnPropertyDescriptor, defineProperty } = Object;
  const { is } = Object;
  const properties = propertiesOf(scope);
  return () => {
    const changed: string[] = [];
    // Counted by hand: the iterators of arrays may be among what was changed.
    for (let i = 0, count = 0; i < properties.length; i++) {
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
