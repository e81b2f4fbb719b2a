export { headerFunctions, headersFor } from "./headers.js";
