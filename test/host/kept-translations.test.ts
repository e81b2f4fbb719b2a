import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { afterAll, describe, expect, it } from "vitest";
import { stories } from "../../lib/atlas/stories/index.js";
import { translated, translatedC } from "../../lib/cli/case/translated.js";
import { explore, exploreModel } from "../../lib/explore/explore.js";
import { keptTranslations } from "../../lib/host/kept-translations.js";
import { fixes, kvm, lockdepInOrders, kvmFiles, pathsOnce } from "../../lib/kvm/index.js";
import { certified } from "../../lib/kvm/study/certificate.js";
import { pathsOf, translatedPaths } from "../../lib/kvm/c/paths-once.js";
import { type Scenario, translate } from "../../lib/machine/index.js";
import {
  type KeptTranslations,
  type Translated,
  translationsKey,
} from "../../lib/machine/translate/kept-translations.js";
import { portable, revived } from "../../lib/machine/translate/portable.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

const root = mkdtempSync(join(tmpdir(), "lab-translations-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A thing as another process reads it. */
function readAgain<T extends object>(of: T, scenario: Scenario): T {
  const value = portable(of, scenario);
  if (value === null) throw new Error("it is no value");
  return revived(deserialize(serialize(value)) as typeof value) as T;
}

/** All of a translation, as it is written down: what first values are, and which variables are the machine's own. */
const written = (of: object, scenario: Scenario): string =>
  serialize(portable(of, scenario)).toString("base64");

const texts = new URL("../kernel-c/stories/", import.meta.url);
const inC = [
  ...readdirSync(texts).map((file) => ({
    name: file,
    make: () => kernelC(readFileSync(new URL(file, texts), "utf8"), { file }),
  })),
  ...fixes.map(({ name: fix }) => ({
    name: `kvm-pi ${fix}`,
    make: () => kvm(kernelC, { fix, mutant: "m2", changes: ["other-wakers"], cpus: 2, vcpus: 1 }),
  })),
];

describe("a translation that was written down", () => {
  it.each(inC)("of $name is read as it was", ({ make }) => {
    const { scenario, model } = translated(make());
    const read = readAgain({ scenario, model }, scenario);
    expect(written(read.model, read.scenario) === written(model, scenario)).toBe(true);
    expect(written(translate(read.scenario), read.scenario) === written(model, scenario)).toBe(
      true,
    );
  });

  const locals = stories.filter(({ scenario }) => portable({ scenario }, scenario) !== null);

  it("of a scenario of statements is, too, where that has no functions but first values", () => {
    expect(locals.length).toBeGreaterThan(stories.length * 0.9);
    for (const { scenario } of locals) {
      const { model } = translated(scenario);
      const read = readAgain({ scenario, model }, scenario);
      const { summary, violations, states } = exploreModel(read.model, {});
      expect({ summary, violations, states }).toEqual(
        (({ summary, violations, states }) => ({ summary, violations, states }))(
          exploreModel(model, {}),
        ),
      );
      expect(written(translate(read.scenario), scenario)).toBe(written(model, scenario));
    }
  });

  it("of the paths of the case tells lockdep the same", () => {
    const made = translatedPaths(kernelC, kvmFiles({ fix: "none" }));
    const read = readAgain(made, made.scenario);
    const told = ({ orders, kind, warnings }: ReturnType<typeof lockdepInOrders>) =>
      JSON.stringify([orders, kind, warnings]);
    expect(told(lockdepInOrders(pathsOf(read)))).toBe(told(lockdepInOrders(pathsOf(made))));
  });
});

describe("what cells ask for", () => {
  /** Runs something where translations are kept in a folder: what it answers, and how many were found and kept. */
  function keeping<T>(folder: string, run: () => T): { answer: T; found: number; kept: number } {
    const place = keptTranslations({ LOCKDEP_LAB_CACHE: folder });
    let [found, kept] = [0, 0];
    const counting: KeptTranslations = {
      read: (name, is) => {
        const known = place?.read(name, is) ?? null;
        if (known !== null) found += 1;
        return known;
      },
      keep: (...given) => {
        kept += 1;
        place?.keep(...given);
      },
    };
    Reflect.set(globalThis, translationsKey, counting);
    try {
      return { answer: run(), found, kept };
    } finally {
      Reflect.deleteProperty(globalThis, translationsKey);
    }
  }

  /** What is found in a scenario, lines and all. */
  function told(scenario: Scenario): unknown {
    const { summary, violations, states } = explore(scenario);
    return [scenario.name, summary, states, Object.values(violations)];
  }
  const text = readFileSync(new URL("abba.c", texts), "utf8");

  const asks: readonly [string, () => unknown][] = [
    ["a text of C", () => told(kernelC(text, { name: "two locks" }))],
    ["the case", () => told(kvm(kernelC, { fix: "out1", mutant: "m2", vcpus: 1 }))],
    [
      "the paths of the case",
      () => lockdepInOrders(pathsOnce(kernelC, { fix: "none" })).orders.map(({ kind }) => kind),
    ],
  ];

  it.each(asks)("%s is read where it was asked for before, and answers the same", (name, ask) => {
    const folder = join(root, name);
    const answer = ask();
    expect(keeping(folder, ask)).toEqual({ answer, found: 0, kept: 1 });
    expect(keeping(folder, ask)).toEqual({ answer, found: 1, kept: 0 });
  });

  it("in other words, under another name, or with other runs is translated", () => {
    const folder = join(root, "others");
    keeping(folder, () => told(kernelC(text)));
    const others: readonly (() => Scenario)[] = [
      () => kernelC(`${text}\n`),
      () => kernelC(text, { name: "another" }),
      () => kernelC(text, { cpus: 3 }),
    ];
    for (const other of others) {
      expect(keeping(folder, () => told(other()))).toMatchObject({ found: 0, kept: 1 });
    }
  });

  it("is not kept where an assertion of one's own is asked of it, nor where it makes no sense", () => {
    const folder = join(root, "asked");
    const size = { cpus: 1, vcpus: 1 };
    const asked = () => explore(certified(kernelC, { fix: "final" }, size)).verdict;
    expect(keeping(folder, asked)).toEqual({ answer: "safe", found: 0, kept: 0 });
    expect(() => keeping(folder, () => kernelC("static void f(void) { g(); }"))).toThrow();
    expect(keeping(folder, () => kernelC(text).name)).toMatchObject({ found: 0, kept: 0 });
  });

  it("has one model, however often it is asked for", () => {
    const scenario = kernelC(text);
    expect(translate(scenario)).toBe(translate(scenario));
    expect(translate(kernelC(text))).not.toBe(translate(scenario));
  });
});

describe("translations in the user's cache folder", () => {
  const make = () => Promise.resolve(kvm(kernelC, { mutant: "m2", cpus: 2, vcpus: 1 }));
  const never = () => Promise.reject(new Error("it is translated anew"));
  const at = (folder: string) => keptTranslations({ LOCKDEP_LAB_CACHE: folder });

  /** A folder with one translation in it, and the file. */
  async function filled(name: string) {
    const folder = join(root, name);
    const of = await translatedC({ name }, make, at(folder));
    const [file = ""] = readdirSync(join(folder, "translations"));
    return { folder, file: join(folder, "translations", file), of };
  }

  it("are read by the next process", async () => {
    const { folder, of } = await filled("next");
    const read: Translated = await translatedC({ name: "next" }, never, at(folder));
    expect(written(read.model, read.scenario)).toBe(written(of.model, of.scenario));
  });

  it("are made anew for whatever else they are made of", async () => {
    const { folder } = await filled("other");
    await expect(translatedC({ name: "another" }, never, at(folder))).rejects.toThrow("anew");
  });

  it.each([
    [
      "cut off",
      (file: string) => {
        truncateSync(file, 5000);
      },
    ],
    [
      "empty",
      (file: string) => {
        truncateSync(file, 0);
      },
    ],
    [
      "changed in one byte",
      (file: string) => {
        const bytes = readFileSync(file);
        bytes.writeUInt8(bytes.readUInt8(9000) ^ 1, 9000);
        writeFileSync(file, bytes);
      },
    ],
  ])("are made anew where the file is %s, and kept again", async (name, damage) => {
    const { folder, file, of } = await filled(name);
    const whole = readFileSync(file);
    damage(file);
    const made = await translatedC({ name }, make, at(folder));
    expect(written(made.model, made.scenario)).toBe(written(of.model, of.scenario));
    expect(readFileSync(file)).toEqual(whole);
  });

  it("are nowhere where the cache is off", async () => {
    await expect(translatedC({ name: "off" }, never, at("off"))).rejects.toThrow("anew");
  });

  it("are no worse for a folder that cannot be", async () => {
    const file = join(root, "a-file");
    writeFileSync(file, "");
    const { model } = await translatedC({ name: "file" }, make, at(join(file, "folder")));
    expect(model.processes.length).toBeGreaterThan(0);
  });
});
