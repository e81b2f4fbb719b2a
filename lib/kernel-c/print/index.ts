export { besideStatements, besideText, type BesideFunction, type BesideRow } from "./beside.js";
