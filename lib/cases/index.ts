export * from "./dining.js";
