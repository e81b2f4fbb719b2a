/** Which edge of a circle is the odd one, where a report decides it; else what would decide. */
import type { Evidence } from "../../evidence/evidence.js";
import type { SplatEdge } from "../../evidence/edges/edge.js";
import { foldStack } from "../../stacks/fold-stack.js";
import { plainName } from "../../stacks/functions.js";
import { isHelper, ownerOf } from "../../stacks/owner.js";
import { arrow, code, listed } from "../words/words.js";

/** A kind of path on which a lock is taken in the midst of another's work. */
interface OddPath {
  readonly functions: RegExp;
  readonly says: (edge: string, by: string) => string;
}

const paths: readonly OddPath[] = [
  {
    functions:
      /_(?:handle|record|report)_(?:\w+_)?(?:error|errors|corruption)$|_(?:abort_transaction|force_shutdown|handle_(?:critical_)?error|stop_reason|fs_error|std_error|corruption|error_inode|error_file)$/,
    says: (edge, by) =>
      `Look first at ${edge}: it is learnt in ${by}, by its name where an error is met, in the midst of other work. If so let that path only note the error, and take the lock later, from a work item or when the outer one is dropped.`,
  },
  {
    functions: /_(?:fill_super|probe|mount|get_tree)$|^probe_|_module_init$/,
    says: (edge, by) =>
      `Look first at ${edge}: it is learnt in ${by}, by its name while something is set up. If nobody else can know the object by then, that edge is no danger: take the lock there only when it is needed, or give it a class of its own until it is known.`,
  },
  {
    functions: /_(?:put_super|kill_sb|remove|disconnect|detach|teardown|destroy|exit_net|uninit)$/,
    says: (edge, by) =>
      `Look first at ${edge}: it is learnt in ${by}, by its name while something is taken down. Where the object can be taken out of everybody's sight first, drop the outer lock after that, and do what needs the inner one outside of it.`,
  },
];

/** Of the driver core, of a bus or of the VFS: they set up and take down whatever it is. */
const shared =
  /^(?:vfs_get_tree|really_probe|\w*driver_probe_device|platform_(?:drv_)?(?:probe|remove)|(?:acpi|pci|usb|i2c|spi|amba|hid|virtio|scsi|pnp|serio|auxiliary)_(?:bus_|bus_type_|device_|dev_|interface_|local_)?(?:probe|remove)|local_pci_probe|device_remove)$/;

/** Who mounts opens devices, too, and has not made them: the locks have to be of the file system itself. */
function isOf({ frames }: SplatEdge, name: string): boolean {
  const [family = ""] = /^_*[a-z0-9]+/.exec(name) ?? [];
  return (
    !/_(?:fill_super|mount|get_tree)$/.test(name) || (ownerOf(frames)?.name ?? "").includes(family)
  );
}

const isNobodys = (name: string): boolean => isHelper(name) || shared.test(plainName(name));

/** Further out a function says nothing of why the lock is taken. */
const nearby = 6;

/** Returns what the report says of which edge is the likely bug, or what would decide it. */
export function oddEdge(evidence: Evidence): readonly string[] {
  const { edges } = evidence;
  for (const { functions, says } of paths) {
    const odd = edges.flatMap((edge) => {
      // A lock that is a variable of its own is known to everybody at any time.
      if (![edge.from, edge.to].some((name) => /[&>.]/.test(name))) return [];
      // To remove a name from a directory takes nothing down.
      if (edge.frames.some(({ symbol }) => /^vfs_(?:rmdir|unlink|rename)$/.test(symbol ?? "")))
        return [];
      const near = foldStack(edge.frames).functions.slice(0, nearby);
      const by = near.find(
        (name) => functions.test(plainName(name)) && !isNobodys(name) && isOf(edge, name),
      );
      return by === undefined ? [] : [{ edge, by: plainName(by) }];
    });
    const [only] = odd;
    // Two of a kind tell nothing: setup code does all of it so.
    if (only !== undefined && odd.length === 1 && edges.length > 1) {
      return [says(arrow(only.edge), code(only.by))];
    }
  }
  return [...inOneFunction(evidence), ...undecided(edges)];
}

/** Where one function takes both, it is the one place where the order can be turned without a caller. */
function inOneFunction({ edges, holding }: Evidence): readonly string[] {
  const now = edges.find(({ learnt }) => learnt === "now");
  const outer = holding?.inlinedIn.at(-1)?.symbol ?? holding?.at?.symbol ?? null;
  const owner = ownerOf(now?.frames ?? [])?.name;
  if (now === undefined || owner === undefined || outer === null) return [];
  if (plainName(outer) !== owner) return [];
  return [
    `${code(owner)} takes both of the new edge itself: whether the two can be turned round is seen there, without its callers.`,
  ];
}

/** Returns what has to be true for the circle to be none, by the paths that the report shows. */
function undecided(edges: readonly SplatEdge[]): readonly string[] {
  const owners = [...new Set(edges.flatMap(({ frames }) => ownerOf(frames)?.name ?? []))];
  if (owners.length < 2 || edges.some(({ gap }) => gap !== null)) return [];
  const born = madeOn(edges);
  const which = `Which of the ${edges.length} edges is the wrong one the report does not decide.`;
  return [
    born === undefined
      ? `${which} It is decided by whether ${listed(owners.map(code))} can be about the same objects at one moment: if not, say why in a comment and give the locks classes or subclasses; if so, cut the one whose outer lock is least needed where the inner one is taken.`
      : `${which} It is decided by whether ${listed(owners.map(code))} can be about the same objects at one moment, and there by whether what ${code(born)} makes is known to others by then: if not, a subclass (I_MUTEX_CHILD and its like) says so; if so, cut the one whose outer lock is least needed where the inner one is taken.`,
  ];
}

/** Functions that make a new object, which mostly nobody else knows yet. */
const makes = /_(?:tmpfile|init_inode\w*|new_inode\w*|create_inode)$/;
/** Those of a directory, which is locked and known, make one as well. */
const fills = /_(?:mknod|mkdir|symlink)$/;

const ofInode = /inode|xattr|ilock|i_(?:rwsem|mutex|lock|data_sem)|&(?:[a-z]i|ip)->/;
const ofFileSystem = /\bsbi?\b|\bs_|fs_info|journal|^&?root\b/;

/** Returns the function that makes an object where the lock that is taken may be of that object. */
const madeOn = (edges: readonly SplatEdge[]): string | undefined =>
  edges
    .flatMap(({ to, frames }) =>
      foldStack(frames).functions.map((name) => ({ to, name: plainName(name) })),
    )
    .find(({ to, name }) =>
      fills.test(name) ? ofInode.test(to) : makes.test(name) && !ofFileSystem.test(to),
    )?.name;
