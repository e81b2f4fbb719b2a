/** What a cell published, as the notebook file keeps it: the same bytes for the same results. */
import { isRecord } from "../../primitives/record.js";
import { textIn, type Fields, type Message } from "../jupyter/message.js";
import { joined } from "./notebook.js";

/** How the ids of displays begin that are gone when their cell has ended: how far a search is. */
export const progressDisplay = "lockdep-lab.progress";

/** Returns the stored outputs of the messages that a cell published. */
export function storedOutputs(published: readonly Message[]): Fields[] {
  const outputs: Fields[] = [];
  const shown = new Map<string, number>();
  for (const { header, content } of published) {
    switch (header.msg_type) {
      case "stream":
        addStream(outputs, textIn(content, "name"), textIn(content, "text"));
        break;
      case "display_data": {
        const id = displayId(content);
        if (id.startsWith(progressDisplay)) break;
        if (id !== "") shown.set(id, outputs.length);
        outputs.push(display(content));
        break;
      }
      case "update_display_data": {
        // Progress is overwritten in place: only its last state is kept.
        const at = shown.get(displayId(content));
        if (at !== undefined) outputs[at] = display(content);
        break;
      }
      case "execute_result":
        outputs.push({ ...display(content), output_type: "execute_result", execution_count: null });
        break;
      case "error":
        outputs.push({
          ename: content["ename"],
          evalue: content["evalue"],
          output_type: "error",
          traceback: content["traceback"],
        });
        break;
      default:
    }
  }
  return outputs.map(byLine);
}

/** How the pieces of a stream came makes no difference to what was printed. */
function addStream(outputs: Fields[], name: string, text: string): void {
  const last = outputs.at(-1);
  if (last?.["output_type"] === "stream" && last["name"] === name) {
    outputs[outputs.length - 1] = { ...last, text: textIn(last, "text") + text };
  } else {
    outputs.push({ name, output_type: "stream", text });
  }
}

function displayId(content: Fields): string {
  return isRecord(content["transient"]) ? textIn(content["transient"], "display_id") : "";
}

function display(content: Fields): Fields {
  const data = isRecord(content["data"]) ? content["data"] : {};
  const metadata = isRecord(content["metadata"]) ? content["metadata"] : {};
  const sorted = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  return { data: Object.fromEntries(sorted), metadata, output_type: "display_data" };
}

const splitText = (text: string): string[] => text.split(/(?<=\n)/);

function byLine(output: Fields): Fields {
  if (output["output_type"] === "stream") {
    return { ...output, text: splitText(textIn(output, "text")) };
  }
  const { data } = output;
  if (!isRecord(data)) return output;
  const entries = Object.entries(data).map(([type, value]) => [
    type,
    typeof value === "string" ? splitText(value) : value,
  ]);
  return { ...output, data: Object.fromEntries(entries) as Fields };
}

/** Returns an output's text, for a terminal or a comparison. */
export function outputText(output: Fields): string {
  if (isRecord(output["data"])) return joined(output["data"]["text/plain"]);
  return output["output_type"] === "error"
    ? `${textIn(output, "ename")}: ${textIn(output, "evalue")}`
    : joined(output["text"]);
}
