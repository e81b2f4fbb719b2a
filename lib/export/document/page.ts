/**
 * One HTML page: head, policy, landmarks and scripts, whatever stands between them.
 *
 * The policy names every script by its hash, so markup that slipped into a page could not run.
 */
import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { escapeMarkup } from "../../views/draw/markup.js";

/** A style or script: in the page itself, or beside it in a file of the same site. */
export type Asset =
  | { readonly kind: "inline"; readonly text: string }
  | { readonly kind: "linked"; readonly href: string };

/** Text that the page's script reads and never runs: the worker's program, the cells' sources. */
export interface DataBlock {
  readonly id: string;
  readonly type: "text/plain" | "application/json";
  readonly text: string;
}

/**
 * A program that the page unpacks when it needs it: a fifth of the bytes, and nothing to read before.
 *
 * A browser checks its hash like that of any script that the page begins with.
 */
export interface PackedScript {
  readonly id: string;
  readonly text: string;
}

/** A script of the same site that the page loads when it needs it. */
export interface LaterScript {
  readonly id: string;
  readonly href: string;
}

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  readonly description: string;
  /** Everything inside `<body>` but the scripts; trusted markup. */
  readonly body: string;
  readonly styles: readonly Asset[];
  readonly scripts: readonly Asset[];
  readonly data?: readonly DataBlock[];
  readonly packed?: readonly PackedScript[];
  readonly later?: readonly LaterScript[];
  /** The page may compile code and start a Worker: only the live page does. */
  readonly runsCells?: boolean;
  readonly bodyClass?: string;
  /** The window of the speaker's notes shows the page in frames. */
  readonly framesItself?: boolean;
  /** Inline scripts that the page's own scripts put into a window they open. */
  readonly furtherScripts?: readonly string[];
}

/** Sets the theme before the first paint; the button of the page changes it. */
const themeScript =
  `try{var t=localStorage.getItem("lab-theme");` +
  `if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;

/** Returns the whole page. */
export function renderPage(parts: PageParts): string {
  const scripts = parts.scripts.map(prepared);
  const inline = [...scripts, prepared({ kind: "inline", text: themeScript })].flatMap((asset) =>
    asset.kind === "inline" ? [asset.text] : [],
  );
  const packed = parts.packed ?? [];
  const policy = contentPolicy(parts, [
    ...inline,
    ...packed.map(({ text }) => text),
    ...(parts.furtherScripts ?? []),
  ]);
  const data = (parts.data ?? []).map(
    (block) => `<script type="${block.type}" id="${block.id}">${blockText(block)}</script>\n`,
  );
  return [
    `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">\n`,
    `<meta name="color-scheme" content="light dark">\n`,
    `<meta name="referrer" content="no-referrer">\n`,
    `<title>${escapeMarkup(parts.title)}</title>\n`,
    `<meta name="description" content="${escapeMarkup(parts.description)}">\n`,
    `<link rel="icon" href="data:,">\n`,
    ...parts.styles.map(style),
    `<script>${themeScript}</script>\n</head>\n`,
    `<body${parts.bodyClass === undefined ? "" : ` class="${parts.bodyClass}"`}>\n`,
    parts.body,
    ...data,
    ...packed.map(packedScript),
    ...(parts.later ?? []).map(laterScript),
    ...scripts.map(script),
    `</body>\n</html>\n`,
  ].join("");
}

function contentPolicy(parts: PageParts, inline: readonly string[]): string {
  const hashes = inline.map((text) => `'sha256-${sha256(text)}'`);
  const files = parts.scripts.some((asset) => asset.kind === "linked") ? ["'self'"] : [];
  const sheets = parts.styles.some((asset) => asset.kind === "linked") ? ["'self'"] : [];
  const compile = parts.runsCells === true ? ["'unsafe-eval'", "'wasm-unsafe-eval'"] : [];
  const rules: Readonly<Record<string, readonly string[]>> = {
    "default-src": ["'none'"],
    "script-src": [...files, ...hashes, ...compile],
    "style-src": [...sheets, "'unsafe-inline'"],
    "img-src": ["data:", "blob:"],
    "font-src": ["data:", ...sheets],
    "worker-src": parts.runsCells === true ? ["blob:"] : ["'none'"],
    ...(parts.framesItself === true ? { "frame-src": ["'self'"] } : {}),
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
  };
  return Object.entries(rules)
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

/** The text as the parser will see it, so that the hash is of the same bytes. */
function prepared(asset: Asset): Asset {
  return asset.kind === "linked" ? asset : { kind: "inline", text: inScript(asset.text) };
}

/** JSON has an escape of its own for `<`; what is no JSON is a program, whatever it runs in. */
function blockText({ type, text }: DataBlock): string {
  return type === "application/json" ? text.replace(/</g, "\\u003c") : inScript(text);
}

/** JavaScript that cannot end its own script element. */
function inScript(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/<\/(script)/gi, "<\\/$1")
    .replace(/<!--/g, "\\x3c!--");
}

function packedScript({ id, text }: PackedScript): string {
  const packed = deflateRawSync(text, { level: 9 }).toString("base64");
  return `<script type="text/plain" id="${id}">${packed}</script>\n`;
}

function laterScript({ id, href }: LaterScript): string {
  return `<script type="text/plain" id="${id}" data-href="${escapeMarkup(href)}"></script>\n`;
}

function script(asset: Asset): string {
  return asset.kind === "inline"
    ? `<script>${asset.text}</script>\n`
    : `<script src="${escapeMarkup(asset.href)}"></script>\n`;
}

function style(asset: Asset): string {
  return asset.kind === "inline"
    ? `<style>${asset.text.replace(/<\/(style)/gi, "<\\/$1")}</style>\n`
    : `<link rel="stylesheet" href="${escapeMarkup(asset.href)}">\n`;
}
