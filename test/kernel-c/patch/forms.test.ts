/** The forms in which a patch comes: each makes the same text, or is refused whole. */
import { describe, expect, it } from "vitest";
import { PatchError, applyPatchTo, applyPatchToFiles } from "../../../lib/kernel-c/index.js";

const text = `static DEFINE_MUTEX(a);
static DEFINE_MUTEX(b);

static void left(void)
{
	mutex_lock(&a);
	mutex_lock(&b);
	mutex_unlock(&b);
	mutex_unlock(&a);
}

static void right(void)
{
	mutex_lock(&b);
	mutex_lock(&a);
	mutex_unlock(&a);
	mutex_unlock(&b);
}
`;

const hunk = `@@ -12,7 +12,7 @@ static void left(void)
 static void right(void)
 {
-	mutex_lock(&b);
 	mutex_lock(&a);
-	mutex_unlock(&a);
+	mutex_lock(&b);
 	mutex_unlock(&b);
+	mutex_unlock(&a);
 }
`;
const diff = `--- a/drivers/abba.c\n+++ b/drivers/abba.c\n${hunk}`;
const git = `diff --git a/drivers/abba.c b/drivers/abba.c\nindex 1234567..89abcde 100644\n${diff}`;
const signature = "-- \n2.49.0\n";
const fixed = applyPatchTo(text, "abba.c", diff).text;

const mail = (subject: string, body: string, from = "1".repeat(40)): string =>
  `From ${from} Mon Sep 17 00:00:00 2001
From: A Developer <dev@example.org>
Date: Thu, 27 Mar 2025 10:00:00 +0100
Subject: ${subject}

Why it is done.

Signed-off-by: A Developer <dev@example.org>
---
 drivers/abba.c | 4 ++--
 1 file changed, 2 insertions(+), 2 deletions(-)

${body}${signature}
`;

const encodedMail = (how: string, body: string): string =>
  `Subject: [PATCH] abba: one order\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: ${how}\n\n${body}\n`;

const base64 = (of: string): string =>
  (btoa(String.fromCharCode(...new TextEncoder().encode(of))).match(/.{1,76}/g) ?? []).join("\n");
const quotedPrintable = (of: string): string =>
  of
    .replaceAll("=", "=3D")
    .replaceAll("\t", "=09")
    .replace(/(.{30})(?=.)/g, "$1=\n");

const first = `@@ -1,5 +1,6 @@
 static DEFINE_MUTEX(a);
 static DEFINE_MUTEX(b);
+static int taken;
 
 static void left(void)
 {
`;

const forms: readonly (readonly [string, string])[] = [
  ["a diff alone", diff],
  ["git diff", git],
  [
    "git diff --no-prefix, for patch -p0",
    git.replaceAll("a/drivers", "drivers").replaceAll("b/drivers", "drivers"),
  ],
  [
    "diff -u of a copy",
    `--- abba.c.orig\t2025-03-27 10:00:00.000000000 +0100\n+++ abba.c\t2025-03-27 10:05:00.000000000 +0100\n${hunk}`,
  ],
  [
    "svn diff, quilt",
    `Index: linux/drivers/abba.c\n===================================================================\n${diff}`,
  ],
  ["git format-patch", mail("[PATCH] abba: one order", git)],
  [
    "git show",
    `commit ${"1".repeat(40)}\nAuthor: A Developer <dev@example.org>\n\n    abba: one order\n\n${git}`,
  ],
  [
    "an answer that quotes it",
    `On Thu, A Developer wrote:\n${mail("[PATCH] abba", git).replace(/^/gm, "> ")}\nLooks good.\n`,
  ],
  ["an answer to the answer", mail("[PATCH] abba", git).replace(/^/gm, ">> ")],
  ["an answer that quotes with blanks", mail("[PATCH] abba", git).replace(/^/gm, "> > ")],
  ["a mail in base64", encodedMail("base64", base64(`Größe: ein Wort\n---\n${git}${signature}`))],
  [
    "a mail in quoted-printable",
    encodedMail("quoted-printable", quotedPrintable(`Why.\n---\n${git}${signature}`)),
  ],
  [
    "a part of a mail of several",
    `Content-Type: multipart/mixed; boundary="0000000000001234"\n\n--0000000000001234\nContent-Type: text/plain\n\nSee the attached patch.\n--0000000000001234\n${encodedMail("base64", base64(git))}--0000000000001234--\n`,
  ],
  ["lines that end as on Windows", mail("[PATCH] abba", git).replaceAll("\n", "\r\n")],
  ["tabs that a mail program made blanks", git.replaceAll("\t", "        ")],
  ["other line numbers", git.replace("@@ -12,7 +12,7 @@", "@@ -912,7 +934,7 @@")],
  [
    "counts of lines that were not changed with its lines",
    git.replace("@@ -12,7 +12,7 @@", "@@ -12,6 +12,5 @@"),
  ],
  [
    "counts that are too large, in a mail",
    mail("[PATCH] abba", git.replace("@@ -12,7 +12,7 @@", "@@ -12,9 +12,9 @@")),
  ],
  [
    "context of which two lines differ",
    git.replace(" static void right(void)\n {", " static int right(int x)\n {  /* begin */"),
  ],
  [
    "a text without a newline at its end",
    git.replace(/ \}\n$/, " }\n\\ No newline at end of file\n"),
  ],
];

describe("a patch", () => {
  it.each(forms)("applies as %s", (name, patch) => {
    const isOpen = name === "a text without a newline at its end";
    const before = isOpen ? text.trimEnd() : text;
    const { text: made } = applyPatchTo(before, "abba.c", patch);
    expect(made.replace(/ {8}/g, "\t").trimEnd()).toBe(fixed.trimEnd());
    const both = [
      { file: "other.c", text: "int x;\n" },
      { file: "abba.c", text: before },
    ];
    const [other, one] = applyPatchToFiles(both, patch).files;
    expect([other?.text, one?.text]).toEqual(["int x;\n", made]);
  });
});

describe("a series of patches", () => {
  const cover = mail("[PATCH 0/2] abba", "").replace(/^ drivers.*\n/m, " abba.c | 5 +++--\n");
  const one = mail("[PATCH 1/2] abba: note it", diff.replace(hunk, first));
  const two = mail("[PATCH 2/2] abba: one order", git);

  it("applies one after the other, its cover letter or not", () => {
    for (const series of [cover + one + two, one + two]) {
      const { text: made, changed } = applyPatchTo(text, "abba.c", series);
      expect(made).toBe(fixed.replace("(b);\n", "(b);\nstatic int taken;\n"));
      expect(changed).toEqual([3, 16, 18]);
      expect(applyPatchToFiles([{ file: "abba.c", text }], series).changed.get("abba.c")).toEqual(
        changed,
      );
    }
  });

  it("may end where it began: with what takes the first back", () => {
    const back = first
      .replace("-1,5 +1,6", "-1,6 +1,5")
      .replace("+static int taken;", "-static int taken;");
    const revert = mail('Revert "abba: note it"', diff.replace(hunk, back));
    expect(applyPatchTo(text, "abba.c", one + revert).text).toBe(text);
  });

  it("is refused whole where one does not apply, and says which", () => {
    const series =
      one + mail("[PATCH 2/2] abba", diff.replaceAll("mutex_unlock(&a)", "mutex_unlock(&c)"));
    const refused = () => applyPatchTo(text, "abba.c", series);
    expect(refused).toThrow(PatchError);
    expect(refused).toThrow(/patch 2 of 2: abba\.c:13: hunk 1 of 1 .* does not apply/);
  });
});

describe("a patch that is applied already", () => {
  it("is refused, and that is said", () => {
    expect(() => applyPatchTo(fixed, "abba.c", git)).toThrow("it is applied already, as it seems");
  });
});
