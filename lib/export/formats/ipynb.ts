/** `ipynb`: the notebook itself, cut to the edition, with nothing in it that no reader needs. */
import { cutEdition, fileStem } from "../source/edition.js";
import { eachNotebook } from "../format.js";
import { storedNotebook } from "../source/notebook-file.js";

/** The format. */
export const ipynb = eachNotebook(({ notebook }, { edition }) => {
  const file = storedNotebook(cutEdition(notebook, edition));
  return Promise.resolve([
    {
      path: `${fileStem(notebook.name, edition)}.ipynb`,
      data: `${JSON.stringify(file, null, 1)}\n`,
    },
  ]);
});
