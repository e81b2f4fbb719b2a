/** What notebooks and scripts of one's own import, room by room; `npm run docs` has a page on each. */
export * from "./primitives/public.js";
export * from "./machine/public.js";
export * from "./lockdep/public.js";
export * from "./explore/public.js";
export * from "./verdict/public.js";
export * from "./kernel-c/public.js";
export * from "./kvm/public.js";
export * from "./atlas/public.js";
export * from "./atlas/stories/public.js";
export * from "./splat/public.js";
export * from "./views/public.js";
export * from "./notebook/public.js";
// Both layers have a `Scenario`: what is run keeps the name, what a report shows is a report's field.
export type { Scenario } from "./machine/public.js";
