/** The things of a file by what C calls them: `dev.lock`, `devs[1].work`, `per_cpu(lock, 0)`. */
import { CPU, type Dimension, type Expr, expr } from "../../../machine/index.js";
import type { Place, Storage } from "../../types/storage.js";

/** Finds what is declared at file scope by name, and its name again. */
export class NamedPlaces {
  private known: ReadonlyMap<string, Place> = new Map();
  /** How many names there were then: static variables of functions come later. */
  private counted = -1;
  private byStorage = new Map<Storage, Place[]>();

  constructor(
    private readonly globals: ReadonlyMap<string, Place>,
    private readonly size: (dimension: Dimension) => number,
  ) {}

  /** Returns a thing by its name; null if there is none. */
  named(name: string): Place | null {
    return this.all.get(name) ?? null;
  }

  /** Returns the thing that a place is, with its name as its text; null if its index changes. */
  same({ storage, index }: Place): Place | null {
    if (index.some((of) => of.op !== "const")) return null;
    return this.of(storage).find((of) => sameIndex(of.index, index)) ?? null;
  }

  /** All things that are kept in a storage, whatever the index. */
  of(storage: Storage): readonly Place[] {
    this.walkAll();
    return this.byStorage.get(storage) ?? [];
  }

  /** All things by their names, in the order of the text. */
  get all(): ReadonlyMap<string, Place> {
    return this.walkAll();
  }

  private walkAll(): ReadonlyMap<string, Place> {
    if (this.counted === this.globals.size) return this.known;
    this.counted = this.globals.size;
    this.byStorage = new Map();
    const found = new Map<string, Place>();
    for (const [name, place] of this.globals) this.walk({ ...place, text: name }, found);
    this.known = found;
    return found;
  }

  private walk(place: Place, found: Map<string, Place>): void {
    const { storage, index, text } = place;
    found.set(text, place);
    const known = this.byStorage.get(storage);
    if (known === undefined) this.byStorage.set(storage, [place]);
    else known.push(place);
    if (storage.kind === "struct") {
      for (const [field, of] of storage.fields) {
        const inside = { place, field };
        this.walk({ storage: of, index, text: `${text}.${field}`, inside }, found);
      }
      return;
    }
    if (storage.kind !== "array" || isScalar(storage.of)) return;
    const { pooled, of, length } = storage;
    for (let k = 0; k < this.size(length); k++) {
      const name = length === CPU ? `per_cpu(${text}, ${String(k)})` : `${text}[${String(k)}]`;
      const at = pooled === null ? [...index, expr(k)] : [expr(pooled.first + k)];
      this.walk({ storage: of, index: at, text: name, inside: null }, found);
    }
  }
}

/** Arrays of numbers may be long, and nobody asks for their elements by name. */
const isScalar = (of: Storage): boolean => of.kind === "scalar";

const sameIndex = (a: readonly Expr[], b: readonly Expr[]): boolean =>
  a.length === b.length &&
  a.every((of, k) => {
    const other = b[k];
    return of.op === "const" && other?.op === "const" && of.value === other.value;
  });
