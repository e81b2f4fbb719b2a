/** The page's side of the language worker, which starts when it is first asked. */
import type { Answer, CellText, Question, Reply, Request } from "../../language/messages.js";

/** Answers about the last of some cells; null where there is no answer. */
export interface Language {
  readonly ask: <Kind extends Question["kind"]>(
    question: Question & { readonly kind: Kind },
    cells: readonly CellText[],
  ) => Promise<(Answer & { readonly kind: Kind }) | null>;
  /** Starts the worker, once: a reader has come to need it. */
  readonly use: () => void;
  readonly isUsed: () => boolean;
}

/** What the page is told. */
export interface LanguageEvents {
  /** The worker is on its way: problems can be asked for. */
  readonly used: () => void;
  /** There will be no answers. */
  readonly failed: () => void;
}

/**
 * Returns the language of a page.
 *
 * @param load brings the worker's program, or undefined where it cannot be loaded
 */
export function createLanguage(
  load: () => Promise<string | undefined>,
  events: LanguageEvents,
): Language {
  const waiting = new Map<number, (answer: Answer | null) => void>();
  let starting: Promise<Worker | undefined> | undefined;
  let asked = 0;
  const giveUp = (): void => {
    for (const answer of waiting.values()) answer(null);
    waiting.clear();
    events.failed();
  };
  const start = async (): Promise<Worker | undefined> => {
    const program = await load();
    if (program === undefined) {
      giveUp();
      return undefined;
    }
    const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    const worker = new Worker(address);
    worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      URL.revokeObjectURL(address);
      waiting.get(data.number)?.(data.answer);
      waiting.delete(data.number);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      starting = Promise.resolve(undefined);
      worker.terminate();
      giveUp();
    });
    return worker;
  };
  const use = (): Promise<Worker | undefined> => {
    if (starting === undefined) {
      starting = start();
      events.used();
    }
    return starting;
  };
  return {
    isUsed: () => starting !== undefined,
    use: () => {
      void use();
    },
    ask: async (question, cells) => {
      const worker = await use();
      if (worker === undefined) return null;
      const request: Request = { number: ++asked, question, cells };
      const answer = await new Promise<Answer | null>((done) => {
        waiting.set(request.number, done);
        worker.postMessage(request);
      });
      return isOf(question.kind, answer) ? answer : null;
    },
  };
}

function isOf<Kind extends Question["kind"]>(
  kind: Kind,
  answer: Answer | null,
): answer is Answer & { readonly kind: Kind } {
  return answer?.kind === kind;
}
