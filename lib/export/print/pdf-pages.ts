/** Where the named places of a PDF are: on which page a link within it ends. */
import { PDFArray, PDFDict, PDFDocument, PDFName } from "@cantoo/pdf-lib";

/** Returns the number of the page, from 1, of each place that links of the file lead to. */
export async function placesIn(pdf: Uint8Array): Promise<ReadonlyMap<string, number>> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const pages = new Map(document.getPages().map(({ ref }, i) => [ref.toString(), i + 1]));
  const places = document.catalog.lookupMaybe(PDFName.of("Dests"), PDFDict);
  return new Map(
    (places?.entries() ?? []).flatMap(([name, place]) => {
      const page = document.context.lookup(place, PDFArray).get(0).toString();
      const number = pages.get(page);
      return number === undefined ? [] : [[name.decodeText(), number] as const];
    }),
  );
}
