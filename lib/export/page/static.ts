/** The script of a page whose cells do not run. */
import { installAnchors } from "./anchors.js";
import { installContents } from "./contents.js";
import { installCopyButtons } from "./controls/copy.js";
import { createFigures } from "./figures.js";
import { showLinkedStep } from "./player/linked-step.js";
import { showSharedSchedule } from "./player/shared-schedule.js";
import { installTheme } from "./theme.js";

installTheme();
installContents();
installAnchors();
installCopyButtons();
const figures = createFigures();
showSharedSchedule();
figures.draw(document);
showLinkedStep();
void figures.drawDiagrams(document).then(() => {
  document.documentElement.dataset["drawn"] = "";
});
