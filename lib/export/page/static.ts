/** The script of a page whose cells do not run. */
import { installContents } from "./contents.js";
import { createFigures } from "./figures.js";
import { installTheme } from "./theme.js";

installTheme();
installContents();
const figures = createFigures();
figures.draw(document);
void figures.drawDiagrams(document).then(() => {
  document.documentElement.dataset["drawn"] = "";
});
