import { describe, expect, it } from "vitest";
import { decodeMail } from "../../lib/primitives/mail.js";

const read = (text: string): readonly string[] =>
  [...decodeMail(text.split("\n").map((line, at) => ({ number: at + 1, text: line })))].map(
    (line) => line.text,
  );

describe("a mailbox", () => {
  it("has each mail in its own encoding", () => {
    const mailbox = `From a@example.org Mon Sep 17 00:00:00 2001
Content-Transfer-Encoding: quoted-printable

x =3D y
From b@example.org Mon Sep 17 00:00:00 2001
Content-Transfer-Encoding: base64

${btoa("y = z\n")}
From c@example.org Mon Sep 17 00:00:00 2001

plain =3D as it is`;
    expect(read(mailbox).filter((line) => / = | =3D /.test(line))).toEqual([
      "x = y",
      "y = z",
      "plain =3D as it is",
    ]);
  });
});
