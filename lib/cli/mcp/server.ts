/** The lab's verdicts as tools of the Model Context Protocol. */
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { printReplay } from "../../explore/index.js";
import { replay, scheduleOf } from "../../machine/index.js";
import { answered } from "./answer.js";
import { explainReports } from "./explain-report.js";
import { judgePatch } from "./judge-patch.js";
import { limitShape, limitsOf } from "./limits.js";
import { caseOfArgs, optionsOf, subjectShape } from "./subject.js";
import { bothOf, shortened, verdictText } from "./verdict.js";
import { whatIfOf } from "./what-if.js";

const instructions = `Lockdep's verdict beside that of an exhaustive search of small machines.
A lockdep report is no proof of a deadlock, and silence is no proof of safety: explain_report says what a
report shows and what to ask; explore_code tries every interleaving of kernel C within stated bounds;
judge_patch does it before and after a patch; what_if says which circles remain when an edge is cut or a
class is split; replay_token shows the steps of a counterexample again. "complete": false means that the
search was cut short, so that "nothing found" says little. Only say what an answer says, with its bounds.`;

/** Returns a server with the lab's tools, to be connected to a transport. */
export function labServer(version: string): McpServer {
  const server = new McpServer(
    { name: "lockdep-lab", version },
    { instructions, maxToolInputElements: 2000 },
  );
  const readOnly = { readOnlyHint: true, openWorldHint: false } as const;
  server.registerTool(
    "explain_report",
    {
      title: "Explain a lockdep report",
      description:
        "Reads lockdep reports out of a kernel log, a mail or a commit message, whatever state it is in, and says what each shows: who holds and wants what, which edge is new, where to look, what to ask before it is believed, what the text has lost. Hung tasks with held locks, too.",
      inputSchema: {
        text: z.string().min(1).max(4_000_000).describe("the log, the mail or the part of it"),
        most: z.int().min(1).max(20).default(3).describe("reports explained at most"),
      },
      annotations: readOnly,
    },
    (args) => answered(() => explainReports(args)),
  );
  server.registerTool(
    "explore_code",
    {
      title: "Explore kernel C",
      description:
        "Tries every interleaving of the threads and interrupts of a small piece of kernel C, within bounds, and says what can go wrong with the shortest counterexample; lockdep's verdict on the same paths stands beside it.",
      inputSchema: { ...subjectShape, ...limitShape },
      annotations: readOnly,
    },
    (args) =>
      answered(async () => {
        const both = await bothOf(await caseOfArgs(args), optionsOf(args), limitsOf(args));
        return { text: verdictText(both), data: { ...both } };
      }),
  );
  server.registerTool(
    "judge_patch",
    {
      title: "Judge a patch",
      description:
        "Applies a unified diff to a piece of kernel C and compares both verdicts before and after: what the patch mends, what it breaks, and whether it only silences lockdep. For kvm-pi, whose files are posted_intr.c and its neighbours, also which bugs that someone could add lockdep would no longer report, and what lockdep learns anew.",
      inputSchema: {
        ...subjectShape,
        ...limitShape,
        patch: z.string().min(1).max(1_000_000).describe("a unified diff; a mail with it will do"),
      },
      annotations: readOnly,
    },
    (args) => answered(() => judgePatch(args, optionsOf(args), limitsOf(args))),
  );
  server.registerTool(
    "replay_token",
    {
      title: "Replay a counterexample",
      description:
        "Prints the steps of a token that explore_code or judge_patch gave for the same code.",
      inputSchema: {
        ...subjectShape,
        token: z.string().min(1).max(200_000).describe("as it was given"),
      },
      annotations: readOnly,
    },
    (args) =>
      answered(async () => {
        const { model } = await (await caseOfArgs(args)).make(optionsOf(args));
        const steps = shortened(printReplay(replay(model, scheduleOf(model, args.token))));
        return { text: steps.join("\n"), data: { steps } };
      }),
  );
  server.registerTool(
    "what_if",
    {
      title: "Cut an edge, split a class",
      description:
        "Reads reports, or a machine's /proc/lockdep and /proc/lockdep_chains, into one order of locks; says which circles it has, which remain after cutting edges or splitting classes, and the smallest cut.",
      inputSchema: {
        texts: z
          .array(z.object({ name: z.string(), text: z.string().max(20_000_000) }))
          .min(1)
          .max(50)
          .describe("logs with reports, /proc/lockdep, /proc/lockdep_chains"),
        cut: z.array(z.string()).default([]).describe("edges, each `a -> b` with blanks"),
        split: z
          .array(z.string())
          .default([])
          .describe(
            "classes: CLASS@FUNCTION, CLASS@HELD-CLASS, or CLASS for the most a split can do",
          ),
        keep: z.array(z.string()).default([]).describe("edges that no cut may have"),
      },
      annotations: readOnly,
    },
    (args) => answered(() => whatIfOf(args)),
  );
  return server;
}
