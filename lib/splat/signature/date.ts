/** When a report was printed, as its log or mail says. */

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const iso = /\b(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)/;
/** `dmesg -T`: `[Tue Jan  2 03:04:05 2024]`. */
const ctime = /\[\w{3} (?<month>\w{3}) +(?<day>\d+) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})\]/;
/** Of a mail: `Date: Tue, 2 Jan 2024 03:04:05 +0100`. */
const mail =
  /^[>\s]*Date:\s+(?:\w{3}, +)?(?<day>\d{1,2}) (?<month>\w{3}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d)/;

function dateIn(line: string): string | null {
  const stamp = iso.exec(line);
  if (stamp !== null) return `${stamp[1] ?? ""}T${stamp[2] ?? ""}`;
  const parts = (ctime.exec(line) ?? mail.exec(line))?.groups;
  const month = months.indexOf(parts?.["month"] ?? "") + 1;
  if (parts === undefined || month === 0) return null;
  const two = (value: string | undefined): string => (value ?? "").padStart(2, "0");
  return `${parts["year"] ?? ""}-${two(String(month))}-${two(parts["day"])}T${parts["time"] ?? ""}`;
}

/**
 * Returns the local time of a report as `YYYY-MM-DDTHH:MM:SS`: that of its headline, else of the
 * mail that it is in; null where neither is told, as with seconds since boot.
 *
 * @param lines of the whole text
 * @param first number of the report's first line, from 1
 */
export function dateOf(lines: readonly string[], first: number): string | null {
  const own = dateIn(lines[first - 1] ?? "");
  if (own !== null) return own;
  for (let at = first - 2; at >= 0; at--) {
    const line = lines[at] ?? "";
    if (/^[>\s]*Date:/.test(line)) return dateIn(line);
  }
  return null;
}
