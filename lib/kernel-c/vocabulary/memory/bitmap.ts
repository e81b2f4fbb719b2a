/** The bits of a word together: include/linux/find.h, include/linux/bitmap.h. A bitmap is one word here: each call is one step. */
import {
  type Element,
  type Expr,
  add,
  and,
  assign,
  bool,
  cond,
  expr,
  int,
  le,
  not,
  or,
  set,
  step,
} from "../../../machine/index.js";
import { type Call, type CallRow, type Family, type RoundsRow, does, gives } from "../row/index.js";

/** The bits of a bitmap, from the first on; its size is an argument that is known. */
const bitsOf = (call: Call, address: number, size: number): readonly Element[] =>
  Array.from({ length: call.constant(size) }, (_, known) => call.bit({ known }, address));

type Wanted = (bit: Element) => Expr;
const isSet: Wanted = (bit) => bit;
const isClear: Wanted = (bit) => not(bit);

/** The number of the first bit that is wanted; the size, if there is none. */
const finds = (takes: string, wanted: Wanted): CallRow =>
  gives(takes, (call) => {
    const from = takes.endsWith("offset") ? call.value(2) : expr(0);
    const bits = bitsOf(call, 0, 1);
    const number = bits.reduceRight<Expr>(
      (rest, bit, k) => cond(and(le(from, k), wanted(bit)), k, rest),
      expr(bits.length),
    );
    const result = call.temporary(int(0, bits.length));
    call.emit(set(result, number, call.text));
    return result;
  });

const fills = (to: boolean): CallRow =>
  does("dst, nbits", (call) => [
    step(call.text, { then: bitsOf(call, 0, 1).map((bit) => assign(bit, to)) }),
  ]);

const eachBit = (wanted: Wanted): RoundsRow => ({
  takes: "bit, addr, size",
  cursor: 0,
  rounds: (_, call) => Array.from({ length: call.constant(2) }, (_of, bit) => bit),
  only: (call, known) => call.reads(wanted(call.bit({ known }, 1)), bool),
});

const [first, next] = ["addr, size", "addr, size, offset"] as const;

export const bitmapFamily: Family = {
  name: "bitmap",
  calls: {
    find_first_bit: finds(first, isSet),
    find_first_zero_bit: finds(first, isClear),
    find_next_bit: finds(next, isSet),
    find_next_zero_bit: finds(next, isClear),
    bitmap_zero: fills(false),
    bitmap_fill: fills(true),
    bitmap_empty: gives("src, nbits", (call) => call.reads(not(or(...bitsOf(call, 0, 1))), bool)),
    bitmap_full: gives("src, nbits", (call) => call.reads(and(...bitsOf(call, 0, 1)), bool)),
    bitmap_weight: gives("src, nbits", (call) => {
      const bits = bitsOf(call, 0, 1);
      const sum = bits.reduce<Expr>((all, bit) => add(all, cond(bit, 1, 0)), expr(0));
      return call.reads(sum, int(0, bits.length));
    }),
  },
  rounds: {
    for_each_set_bit: eachBit(isSet),
    for_each_clear_bit: eachBit(isClear),
  },
  instead: {
    bitmap_set: "__set_bit() in a loop",
    bitmap_clear: "__clear_bit() in a loop",
    bitmap_and: "for_each_set_bit(bit, one, size), and test_bit(bit, other) in it",
    bitmap_or: "for_each_set_bit(bit, one, size), and __set_bit(bit, to) in it",
    bitmap_copy: "__assign_bit(bit, to, test_bit(bit, from)) in a loop",
    bitmap_alloc: "bitmaps are declared here: static DECLARE_BITMAP(map, 8)",
    bitmap_zalloc: "bitmaps are declared here: static DECLARE_BITMAP(map, 8)",
  },
};
