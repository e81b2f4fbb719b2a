/** Tells texts apart: FNV-1a of 32 bits, which is no secret, and the length. */

/** Returns a short name for a text. */
export function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return `${hash.toString(36)}-${text.length}`;
}
