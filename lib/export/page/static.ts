/** The script of a page whose cells do not run. */
import { installContents } from "./contents.js";
import { createFigures, drawAllFigures } from "./figures.js";
import { installTheme } from "./theme.js";

installTheme();
installContents();
createFigures()(document);
addEventListener("beforeprint", () => {
  void drawAllFigures(document);
});
