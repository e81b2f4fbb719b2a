/** The frame of the `lab` command: how its errors read, and with which status it then ends. */
import { Command } from "commander";
import { FileError } from "./file-error.js";
import { UnknownNameError } from "../../primitives/named.js";

/** One file a command: adds itself to the program. */
export type Register = (program: Command) => void;

/** Commands by name, loaded when they are asked for. */
export type Commands = Readonly<Record<string, () => Promise<Register>>>;

/** Options that make no sense together, or a value that an option cannot have. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const statuses = `
Exit status, of every command: 0 if it did what was asked, whatever it found; 1 if it could not, such as
a file that cannot be read or a notebook that failed; 2 for a name or an option that makes no sense.

What V8 compiled of a command, what C was translated to, the code that is generated for a model, and the scripts
of exported pages are kept in the user's cache folder, lockdep-lab/commands, translations, code and bundles, at most
64 MB each; no result is. Scripts and notebooks that import the lab keep theirs there, too. What this lab did not
write is not read. LOCKDEP_LAB_CACHE=FOLDER keeps it elsewhere, LOCKDEP_LAB_CACHE=off makes it anew each time.
`;

/** Runs the command line with these commands; what makes no sense is one line, and exit status 2. */
export async function runLab(commands: Commands): Promise<void> {
  const program = new Command("lab")
    .description("lockdep's verdict beside an exhaustive explorer's")
    .addHelpText("after", statuses);
  for (const register of await asked(commands)) register(program);
  endWithTheReader();
  everyCommand(program).forEach(speakPlainly);
  let running = "lab";
  program.hook("preAction", (_, action) => {
    running = fullName(action);
  });
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof FileError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
      return;
    }
    if (!(error instanceof UnknownNameError || error instanceof UsageError)) throw error;
    process.stderr.write(`${running}: ${error.message}\n`);
    process.exitCode = 2;
  }
}

/** The command that is named; for help, and to say what a wrong name is near to, all of them. */
async function asked(commands: Commands): Promise<readonly Register[]> {
  const load = Object.hasOwn(commands, process.argv[2] ?? "")
    ? commands[process.argv[2] ?? ""]
    : undefined;
  return await Promise.all(
    (load === undefined ? Object.values(commands) : [load]).map((one) => one()),
  );
}

/** A reader who has seen enough, as `head` has, closes the pipe: that ends a command, and is no error. */
function endWithTheReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit();
    });
  }
}

const everyCommand = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(everyCommand),
];

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

function speakPlainly(command: Command): void {
  const name = fullName(command);
  command
    .configureOutput({
      outputError: (text, write) => {
        write(`${name}: ${inOneLine(text, name)}\n`);
      },
    })
    .exitOverride(({ exitCode }) => {
      process.exit(exitCode === 0 ? 0 : 2);
    });
}

function inOneLine(text: string, name: string): string {
  const said = text
    .replace(/^error: /, "")
    .trim()
    .replace(/\n\(Did you mean ([^]*)\?\)$/, "; did you mean $1?");
  return /[.?]$/.test(said) ? said : `${said}; see ${name} --help`;
}
