/** Links from one handout to another: a browser knows only whole addresses, a PDF the file beside it. */
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from "@cantoo/pdf-lib";

/** An address that stands for the folder of the handouts until they are made. */
const folder = "https://handout.invalid/";

/** Returns what a handout's page has for a link to the file of another one. */
export function linkToHandout(file: string): string {
  return folder + file;
}

/** Returns the PDF with its links to other handouts as PDF has them (ISO 32000-1, 12.6.4.3: remote go-to). */
export async function withHandoutLinks(pdf: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const { context } = document;
  let changed = false;
  for (const page of document.getPages()) {
    const annotations = page.node.Annots();
    for (let i = 0; i < (annotations?.size() ?? 0); i++) {
      const link = annotations?.lookup(i);
      const action = link instanceof PDFDict ? link.lookup(PDFName.of("A")) : undefined;
      const address =
        action instanceof PDFDict ? textOf(action.lookup(PDFName.of("URI"))) : undefined;
      if (!(link instanceof PDFDict) || address?.startsWith(folder) !== true) continue;
      const [file = "", place] = address.slice(folder.length).split("#");
      const whole = PDFArray.withContext(context);
      whole.push(context.obj(0));
      whole.push(PDFName.of("Fit"));
      const remote = context.obj({});
      remote.set(PDFName.of("Type"), PDFName.of("Action"));
      remote.set(PDFName.of("S"), PDFName.of("GoToR"));
      remote.set(PDFName.of("F"), PDFString.of(decoded(file)));
      remote.set(PDFName.of("D"), place === undefined ? whole : PDFName.of(decoded(place)));
      link.set(PDFName.of("A"), remote);
      changed = true;
    }
  }
  return changed ? await document.save({ useObjectStreams: false }) : pdf;
}

function textOf(value: unknown): string | undefined {
  return value instanceof PDFString || value instanceof PDFHexString
    ? value.decodeText()
    : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
