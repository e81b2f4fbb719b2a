/** The line above the cells that is read aloud when it changes, and questions that wait for an answer. */
import { button } from "./cell/cell-tools.js";

/** A thing that a reader may do. */
export interface Choice {
  readonly text: string;
  readonly act: () => void;
}

/** Speaks to the reader. */
export interface Notice {
  /** Says one line; the line before goes. */
  readonly say: (text: string) => void;
  /** Asks, until one of the choices is taken or the question is withdrawn by `answered`. */
  readonly ask: (text: string, choices: readonly Choice[]) => void;
  readonly answered: () => void;
}

/** Returns what speaks in the places that the page has for it. */
export function createNotice(): Notice {
  const line = document.querySelector<HTMLElement>("#lab-message");
  const question = document.querySelector<HTMLElement>("#lab-question");
  const answered = (): void => {
    if (question === null) return;
    question.hidden = true;
    question.replaceChildren();
  };
  return {
    say: (text) => {
      if (line === null) return;
      line.textContent = text;
      line.hidden = text === "";
    },
    ask: (text, choices) => {
      if (question === null) return;
      const words = document.createElement("p");
      words.textContent = text;
      const buttons = choices.map((choice) =>
        button(choice.text, choice.text, () => {
          answered();
          choice.act();
        }),
      );
      question.replaceChildren(words, ...buttons);
      question.hidden = false;
    },
    answered,
  };
}

/** Asks in a dialog of the page; resolves to whether the reader agreed. */
export function confirmed(text: string, yes: string): Promise<boolean> {
  const dialog = document.createElement("dialog");
  dialog.className = "lab-dialog";
  const words = document.createElement("p");
  words.textContent = text;
  words.id = "lab-dialog-text";
  dialog.setAttribute("aria-labelledby", words.id);
  const answer = (value: string): (() => void) => {
    return () => {
      dialog.close(value);
    };
  };
  dialog.append(words, button(yes, yes, answer("yes")), button("Cancel", "Cancel", answer("")));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(dialog.returnValue === "yes");
    });
  });
}
