/** Returns in words what stands where something else belongs, for an error. */
export function shown(value: unknown): string {
  if (typeof value === "function") return `the function ${value.name || "without a name"}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return "a list";
  if (value instanceof Promise) return "a promise (is an await missing?)";
  if (typeof value !== "object" || value === null) return String(value);
  const label = "label" in value ? value.label : "name" in value ? value.name : undefined;
  return typeof label === "string" ? `"${label}"` : "an object";
}
