/** A WebAssembly module that is bundled with a page, as bytes. */
declare module "*.wasm" {
  const bytes: Uint8Array;
  export default bytes;
}
