import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readNotebook, writeNotebook } from "../../../lib/notebook/document/notebook-file.js";
import { formatNotebook } from "../../../lib/notebook/document/notebook.js";
import { NotebookError, parseNotebook } from "../../../lib/notebook/document/parse.js";
import { notebookFile, notebookNames } from "../files.js";

interface Stored {
  readonly cell_type: string;
  readonly source: unknown;
  readonly id?: string;
}

const textOf = (...cells: readonly (Stored & Record<string, unknown>)[]): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells });
const code = (source: unknown, id?: string): Stored & Record<string, unknown> => ({
  ...{ cell_type: "code", source, metadata: {}, outputs: [] },
  ...(id === undefined ? {} : { id }),
});

describe("the text of a notebook", () => {
  it.each([
    ["a byte order mark", `\uFEFF${textOf(code("1"))}`],
    ["lines that end as on Windows", textOf(code("1")).replace(/,/g, ",\r\n")],
  ])("is read with %s", (_, text) => {
    expect(parseNotebook(text, "n").cells.map(({ source }) => source)).toEqual(["1"]);
  });

  it.each([
    ["in one text", "a\r\nb\rc\n"],
    ["in lines", ["a\r\n", "b\r", "c\n"]],
  ])("has no carriage return in a cell, which no editor of a page has either: %s", (_, source) => {
    expect(parseNotebook(textOf(code(source)), "n").cells[0]?.source).toBe("a\nb\nc\n");
  });

  it("gives cells without an id one of their text, which an inserted cell does not change", () => {
    const idsOf = (cells: readonly (Stored & Record<string, unknown>)[]): string[] =>
      parseNotebook(textOf(...cells), "n").cells.map(({ id }) => id);
    const cells = [code("1"), code("2"), code("1")];
    const ids = idsOf(cells);
    expect(new Set(ids).size).toBe(3);
    expect(idsOf([code("0"), ...cells]).slice(1)).toEqual(ids);
  });

  it("gives every cell an id of its own that HTML can use", () => {
    const cells = [code("a", "x"), code("b", "x"), code("c", `"><b>`)];
    const ids = parseNotebook(textOf(...cells), "n").cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => /^[\w-]+$/.test(id))).toBe(true);
  });

  it.each([
    ["not JSON", "{", /n is not JSON .*saved whole/],
    ["another format", `{"nbformat": 3, "worksheets": []}`, /nbformat 4/],
    ["a list", "[]", /nbformat 4/],
    ["a cell without source", textOf(code(3)), /n: cell 1 has no source/],
    ["a source that is half text", textOf(code("1"), code(["a", 1])), /n: cell 2 has no source/],
    ["a cell that is none", `{"nbformat": 4, "cells": [null]}`, /n: cell 1 has no source/],
    ["a cell of no type", textOf({ cell_type: "<b>", source: "" }), /cell 1 has the unknown type/],
  ])("that is %s says what is wrong, and where", (_, text, message) => {
    expect(() => parseNotebook(text, "n")).toThrow(NotebookError);
    expect(() => parseNotebook(text, "n")).toThrow(message);
  });

  it("keeps the images of prose when it is written again", () => {
    const attachments = { "a.png": { "image/png": "AA==" } };
    const text = textOf({ cell_type: "markdown", source: "![](attachment:a.png)", attachments });
    const written = formatNotebook(parseNotebook(text, "n"));
    expect(parseNotebook(written, "n").cells[0]?.attachments).toEqual(attachments);
    expect(formatNotebook(parseNotebook(written, "n"))).toBe(written);
  });
});

describe("the file of a notebook", () => {
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), "lab-notebook-"));
    onTestFinished(() => {
      rmSync(made, { recursive: true });
    });
    return made;
  };

  it("is named where it is missing", () => {
    expect(() => readNotebook("/nowhere/x.ipynb")).toThrow(
      /cannot read \/nowhere\/x.ipynb: there is/,
    );
  });

  it.each(notebookNames)("of the lab is written as it was read: %s", (name) => {
    const text = readFileSync(notebookFile(name), "utf8");
    expect(formatNotebook(parseNotebook(text, name))).toBe(text);
  });

  it("is written whole, with nothing beside it", () => {
    const file = join(folder(), "a.ipynb");
    writeFileSync(file, `\uFEFF${textOf(code("1\r\n"))}`);
    writeNotebook(file, readNotebook(file));
    expect(readNotebook(file).cells[0]?.source).toBe("1\n");
    expect(readFileSync(file, "utf8")).not.toContain("\\r");
    expect(readdirSync(join(file, ".."))).toEqual(["a.ipynb"]);
  });
});
