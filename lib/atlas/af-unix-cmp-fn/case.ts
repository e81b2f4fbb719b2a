/** net/unix, 2024: a comparison that calls each of two locks the first. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const afUnixCmpFn: AtlasCase = {
  name: "af-unix-cmp-fn",
  title: "a comparison that is no order",
  truth: "false",
  texts,
  question:
    "To connect, a socket's lock is taken under the listener's. Each of two sockets may listen, and each may connect to the other. Can they do so at once?",
  premises: [
    {
      name: "listeners-do-not-connect",
      summary: "who connects is found closed with the listener locked, or is sent away",
      holds: true,
      by: "the series: a concurrent connect() the other way must fail, which no comparison can express",
    },
  ],
  fixes: [
    {
      name: "nested",
      summary: "the second lock is taken as SINGLE_DEPTH_NESTING",
      fate: "what the code had, until 6.11",
    },
    {
      name: "by-address",
      summary: "lockdep_set_lock_cmp_fn() with the order of the addresses, a total one",
      fate: "proposed in January 2024; the author of the series: a false positive there",
    },
    {
      name: "listener-first",
      summary: "lockdep_set_lock_cmp_fn() with a comparison that calls the listener the first",
      fate: "merged, 98f706de445b (the fourth of a series of eleven)",
    },
  ],
  mutants: [],
  expected: [
    { lockdep: ["recursive"], explorer: "safe" },
    {
      switched: ["listeners-do-not-connect"],
      lockdep: ["recursive"],
      explorer: "deadlock",
    },
    { fix: "nested", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "nested",
      switched: ["listeners-do-not-connect"],
      lockdep: ["silent"],
      explorer: "deadlock",
      because: "HIDDEN: what comes second is said, and not of whom",
    },
    {
      fix: "by-address",
      lockdep: ["recursive", "silent"],
      explorer: "safe",
      because: "the listener may lie behind: an order that the code does not have",
    },
    {
      fix: "by-address",
      switched: ["listeners-do-not-connect"],
      lockdep: ["recursive", "silent"],
      explorer: "deadlock",
    },
    { fix: "listener-first", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "listener-first",
      switched: ["listeners-do-not-connect"],
      lockdep: ["silent"],
      explorer: "deadlock",
      because: "HIDDEN: of two listeners each is the first, and what is no order has no reverse",
    },
  ],
  sources: [
    {
      where: "netdev, <20240611222905.34695-5-kuniyu@amazon.com>",
      says: "what holds before the second lock; two listeners are -1 either way; the third point cannot be expressed",
    },
    {
      where: "netdev, <vqp2bzsg2sr6iol4sfbay27trj2gss663yroygrhb6lolmsbqn@sqw732yecjsn>",
      says: "the review of another comparison of the series: not symmetric",
    },
    {
      where: "linux-fsdevel, <x7ido6w436gbs5ibdunezldhi6hisjck6rtxtag5g7lo6zt2o2@752ok7ean62y>",
      says: "the order of addresses, and why it would be a false positive; a relation that is defined can be compared",
    },
    {
      where: "net/unix/af_unix.c, unix_state_lock_cmp_fn(), unix_stream_connect()",
      says: "the code; a comment above the listener's case, and one that says that the reverse is there to be symmetric",
    },
  ],
  reading:
    "A lock each for two sockets. The comparison looks at no state here: whoever is locked first has been found listening, so that the kernel's, too, says of each pair that the first comes first. That the check of the state keeps the two apart is the explorer's finding; that the merged comparison and the nesting before it hide the same bug is ours.",
  history:
    "Nesting annotations say that a second lock of a class is fine, and of which instance they do not say. Since 6.5 a class may have a function that compares two instances; AF_UNIX got several in 2024. The addresses will not do where the listener comes first, wherever it lies. So the function asks who listens; where both do, each is the first. A reviewer of the series asked for symmetry and got it, but for the case that matters: a function that answers -1 both ways is no order, and lockdep takes its word for either.",
};
