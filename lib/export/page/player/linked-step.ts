/** A step of a player in an address: `#step=CELL.PLAYER.STEP`, the players of a cell counted from 0. */

interface LinkedStep {
  readonly cell: string;
  readonly player: number;
  readonly step: number;
}

const form = /^#step=([\w-]+)\.(\d+)\.(\d+)$/;

/** Returns the step at which a player begins: its own, that of the page's address if it is the one meant, or the first. */
export function linkedStep(player: HTMLElement): number {
  const given = player.dataset["step"];
  if (given !== undefined) return Number(given);
  const wanted = read(location.hash);
  const own = placeOf(player);
  return wanted?.cell === own?.cell && wanted?.player === own?.player ? (wanted?.step ?? 0) : 0;
}

/** Returns the address of a step, or undefined for a player outside of any cell. */
export function linkToStep(player: HTMLElement, step: number): string | undefined {
  const own = placeOf(player);
  if (own === undefined) return undefined;
  return `${location.href.replace(/#.*$/, "")}#step=${own.cell}.${own.player}.${step}`;
}

/** Goes to the player that the address speaks of: such an address is no element's. */
export function showLinkedStep(): void {
  const wanted = read(location.hash);
  if (wanted === undefined) return;
  const cell = document.getElementById(wanted.cell);
  cell?.querySelectorAll(".lab-player")[wanted.player]?.scrollIntoView();
}

function read(hash: string): LinkedStep | undefined {
  const [, cell, player, step] = form.exec(hash) ?? [];
  return cell === undefined ? undefined : { cell, player: Number(player), step: Number(step) };
}

function placeOf(player: HTMLElement): Omit<LinkedStep, "step"> | undefined {
  const cell = player.closest(".lab-cell");
  // On a slide a cell has no address of its own.
  if (cell === null || cell.id === "") return undefined;
  return { cell: cell.id, player: [...cell.querySelectorAll(".lab-player")].indexOf(player) };
}
