import type { DisplaySeen } from '../../contract/page/provision.ts';

/** What of Electron's display is used here. */
export type Shown = {
  readonly label: string;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
};

/** As somebody who stands before them counts. */
const fromTheLeft = <D extends Shown>(displays: readonly D[]): readonly D[] =>
  displays.toSorted((p, q) => p.bounds.x - q.bounds.x || p.bounds.y - q.bounds.y);

export const displaysSeen = (displays: readonly Shown[]): readonly DisplaySeen[] =>
  fromTheLeft(displays).map(({ label, bounds: { width, height } }, at) => ({
    place: at + 1,
    label: label.slice(0, 100),
    size: `${width} × ${height}`,
  }));

/** Which one is meant, by its place or its label; nothing where there is none like that. */
export const displayMeant = <D extends Shown>(displays: readonly D[], meant: string): D | undefined =>
  displays.find(({ label }) => label === meant) ?? fromTheLeft(displays)[Number(meant) - 1];
