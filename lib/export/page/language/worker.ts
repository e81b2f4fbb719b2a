/** The language worker of a book: what is wrong with cells, and what would fit; it runs none of them. */
import declarations from "lab:declarations";
import grammar from "tree-sitter-c/tree-sitter-c.wasm";
import runtime from "web-tree-sitter/web-tree-sitter.wasm";
import { kernelCFrom } from "../../../kernel-c/index.js";
import { cProblems } from "../../language/c-problems.js";
import type { Answer, Reply, Request } from "../../language/messages.js";
import { createLanguageService } from "../../language/service.js";

const service = createLanguageService(declarations);
const kernelC = kernelCFrom({ runtime, grammar });

async function answer({ question, cells }: Request): Promise<Answer> {
  switch (question.kind) {
    case "problems": {
      const problems = [...service.problems(cells), ...cProblems(await kernelC, cells)];
      return { kind: "problems", problems };
    }
    case "completions":
      return { kind: "completions", completions: service.completions(cells, question.at) };
    case "hover":
      return { kind: "hover", hover: service.hover(cells, question.at) };
  }
}

self.addEventListener("message", ({ data }: MessageEvent<Request>) => {
  const reply = (found: Answer | null): void => {
    self.postMessage({ number: data.number, answer: found } satisfies Reply);
  };
  answer(data).then(reply, (error: unknown) => {
    console.error(error);
    reply(null);
  });
});
