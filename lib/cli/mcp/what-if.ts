/** The tool that cuts edges and splits classes. */
import { readOrder, type OrderText } from "../../splat/read-order.js";
import { splitNamed } from "../../splat/order/change.js";
import { whatIfJson } from "../../splat/order/json.js";
import { whatIfText } from "../../splat/order/text.js";
import { whatIf } from "../../splat/order/what-if.js";
import { RequestError, type Answer } from "./answer.js";

/** Returns which circles remain after a change. */
export function whatIfOf({
  texts,
  cut,
  split,
  keep,
}: {
  readonly texts: readonly OrderText[];
  readonly cut: readonly string[];
  readonly split: readonly string[];
  readonly keep: readonly string[];
}): Answer {
  const { graph, notes } = readOrder(texts);
  if (graph.edges.length === 0) {
    throw new RequestError(
      ["no order between locks was read: give reports of circles, or /proc/lockdep", ...notes].join(
        "; ",
      ),
    );
  }
  const answer = whatIf(graph, { cut, split: split.map(splitNamed), keep });
  const changes = [
    ...cut.map((edge) => `cutting ${edge}`),
    ...split.map((one) => `splitting ${one}`),
  ];
  return {
    text: [...notes, whatIfText(answer, changes)].join("\n"),
    data: { notes, ...whatIfJson(answer) },
  };
}
