/** What a case of the atlas is: code, patches to it, what both judges must say, and where it was read. */
import type { ReportKind } from "../lockdep/index.js";
import type { Property } from "../explore/index.js";

/** What became clear of a report in the end. */
export type CaseTruth = "real" | "false" | "depends";

/** The texts of a case as they lie in its folder: the code and the patches, by file name. */
export interface CaseTexts {
  readonly code: string;
  readonly fixes: Readonly<Record<string, string>>;
  readonly mutants: Readonly<Record<string, string>>;
  readonly premises: Readonly<Record<string, string>>;
}

/** A patch to a case's code. */
export interface CasePatch {
  /** The name of its file, without `.diff`. */
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
}

/** A patch that was proposed for the report. */
export interface CaseFix extends CasePatch {
  /** What became of it, such as "merged: 8b428f42f3ed". */
  readonly fate: string;
}

/** What decides between real and false, as a switch: the patch of its name makes it the other way. */
export interface CasePremise extends CasePatch {
  /** Whether the code as it is keeps to it. */
  readonly holds: boolean;
  /** Who argued with it, or that it is our reading. */
  readonly by: string;
}

/** Which patches are applied, in this order: the fix, the mutant, the premises that are switched. */
export interface CaseSelection {
  readonly fix?: string;
  readonly mutant?: string;
  readonly switched?: readonly string[];
}

/** What lockdep says where its answer is "nothing". */
export type LockdepAnswer = ReportKind | "silent";

/** What both judges must say of a selection. */
export interface CaseExpectation extends CaseSelection {
  /** The answers in all orders in which the paths may first run, each once, sorted. */
  readonly lockdep: readonly LockdepAnswer[];
  /** The explorer's verdict, every state seen. */
  readonly explorer: "safe" | Property;
  /** Why, where the pair is a surprise. */
  readonly because?: string;
}

/** Where a fact was read. */
export interface CaseSource {
  /** A commit, a Message-ID in angle brackets, or a file and symbol of the kernel. */
  readonly where: string;
  /** What it says that the case relies on. */
  readonly says: string;
}

/** A real report with its proof. */
export interface AtlasCase {
  readonly name: string;
  readonly title: string;
  readonly truth: CaseTruth;
  /** What a reader of the report has to decide. */
  readonly question: string;
  readonly texts: CaseTexts;
  /** What it depends on. */
  readonly premises: readonly CasePremise[];
  readonly fixes: readonly CaseFix[];
  /** Bugs that a fix might hide. */
  readonly mutants: readonly CasePatch[];
  readonly expected: readonly CaseExpectation[];
  readonly sources: readonly CaseSource[];
  /** What is not in the sources but ours. */
  readonly reading: string;
  readonly history: string;
}
