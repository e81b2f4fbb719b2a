/** `lab splat --group`: the reports of many logs, by what they are about. */
import { counted } from "../../primitives/counted.js";
import { readSplats } from "../../splat/read/read.js";
import { dateOf } from "../../splat/signature/date.js";
import { signatureOf } from "../../splat/signature/signature.js";
import { signatureOfWaits } from "../../splat/signature/waits-signature.js";
import { readTasks } from "../../splat/waits/read.js";
import { circleIn, waitsOf } from "../../splat/waits/wait-for.js";
import { groupReports, type FoundReport, type ReportGroup } from "../../splat/signature/group.js";
import { inputsOf } from "./splat-inputs.js";

/** Reads everything and prints the groups, as text or as one JSON line a group. */
export async function tellGroups(names: readonly string[], json: boolean): Promise<void> {
  const found: FoundReport[] = [];
  let files = 0;
  for await (const { file, text } of inputsOf(names)) {
    files++;
    found.push(...foundIn(file, text));
  }
  const groups = groupReports(found);
  const silent = files - new Set(found.map(({ file }) => file)).size;
  for (const group of groups) {
    process.stdout.write(json ? `${JSON.stringify(asJson(group))}\n` : `${asText(group)}\n`);
  }
  process.stderr.write(
    `${counted(found.length, "report", "reports")} of ${counted(groups.length, "kind of fault", "kinds of fault")} in ${counted(files, "file", "files")}` +
      `${silent === 0 ? "" : `; ${silent} without a report`}\n`,
  );
}

/** The reports of a text, and its blocked tasks where nothing foretold them there. */
function foundIn(file: string, text: string): readonly FoundReport[] {
  const reports = readSplats(text);
  const tasks = readTasks(text);
  const hung = signatureOfWaits(tasks);
  if (reports.length === 0 && hung === null) return [];
  const lines = text.split("\n");
  const told = (line: number): Pick<FoundReport, "file" | "line" | "date"> => ({
    ...{ file, line },
    date: dateOf(lines, line),
  });
  const asReports = reports.map((report): FoundReport => ({
    ...told(report.firstLine),
    kind: report.kind,
    kernel: report.kernel?.version ?? null,
    signature: signatureOf(report),
  }));
  const isNews = hung !== null && (reports.length === 0 || circleIn(waitsOf(tasks)).length > 0);
  return isNews
    ? [
        ...asReports,
        { ...told(tasks[0]?.line ?? 1), kind: "hung-tasks", kernel: null, signature: hung },
      ]
    : asReports;
}

function asJson({ signature, reports, perhaps }: ReportGroup): unknown {
  return {
    name: signature.name,
    text: signature.text,
    whole: signature.whole,
    perhaps,
    count: reports.length,
    reports: reports.map(({ file, line, kind, kernel, date }) => ({
      ...{ file, line, kind, kernel, date },
    })),
  };
}

const most = 8;

function asText({ signature, reports, perhaps }: ReportGroup): string {
  const { name, text, whole } = signature;
  const places = reports.map(placeOf);
  const [first = ""] = places;
  const more = places.slice(1, most);
  const left = places.length - 1 - more.length;
  return [
    `${name}  ${counted(reports.length, "report", "reports")}`,
    `  ${text}`,
    ...(whole ? [] : ["  a part of it is lost: the same fault may bear another name"]),
    ...(perhaps.length === 0 ? [] : [`  may be ${perhaps.join(" or ")}`]),
    `  first seen: ${first}`,
    ...more.map((place) => `  also: ${place}`),
    ...(left === 0 ? [] : [`  and ${left} more`]),
    "",
  ].join("\n");
}

function placeOf({ file, line, kind, kernel, date }: FoundReport): string {
  const told = [
    kind === "hung-tasks" ? "it happened: tasks are blocked" : null,
    kernel === null ? null : `Linux ${kernel}`,
    date,
  ].filter((each) => each !== null);
  return `${file}, line ${line}${told.length === 0 ? "" : ` (${told.join("; ")})`}`;
}
