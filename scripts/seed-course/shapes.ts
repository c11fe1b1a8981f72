/** What the film of the seed course is drawn of. It runs in a page: nothing of Node is here. */

/** What is drawn on: as much of a canvas as is used here, for a program that has no page's types. */
export type Ctx = {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  lineCap: 'round';
  lineJoin: 'round';
  font: string;
  textAlign: 'center';
  textBaseline: 'middle';
  globalAlpha: number;
} & Record<'beginPath' | 'fill' | 'stroke' | 'save' | 'restore', () => void> &
  Record<'moveTo' | 'lineTo' | 'translate' | 'scale', (x: number, y: number) => void> & {
    rotate(angle: number): void;
    roundRect(x: number, y: number, w: number, h: number, round: number): void;
    clearRect(x: number, y: number, w: number, h: number): void;
    arc(x: number, y: number, r: number, from: number, to: number): void;
    quadraticCurveTo(x1: number, y1: number, x: number, y: number): void;
    fillText(text: string, x: number, y: number): void;
  };
export const INK = {
  sky: '#e8f1f8',
  floor: '#c9d0d6',
  dark: '#22303c',
  safe: '#0b8f4d',
  warn: '#f2b705',
  stop: '#c8231e',
  blue: '#1b62b3',
};
const FONT = '"Noto Sans CJK SC", sans-serif';

export const smooth = (t: number): number => {
  const x = Math.min(1, Math.max(0, t));
  return x * x * (3 - 2 * x);
};

export function box(c: Ctx, colour: string, [x, y, w, h]: readonly [number, number, number, number], round = 0): void {
  c.fillStyle = colour;
  c.beginPath();
  c.roundRect(x, y, w, h, round);
  c.fill();
}

export function disc(c: Ctx, colour: string, x: number, y: number, r: number, from = 0, to = 2 * Math.PI): void {
  c.fillStyle = colour;
  c.beginPath();
  c.arc(x, y, r, from, to);
  c.fill();
}

export function line(c: Ctx, colour: string, width: number, points: readonly (readonly [number, number])[]): void {
  c.strokeStyle = colour;
  c.lineWidth = width;
  c.lineCap = 'round';
  c.lineJoin = 'round';
  c.beginPath();
  for (const [at, [x, y]] of points.entries()) at === 0 ? c.moveTo(x, y) : c.lineTo(x, y);
  c.stroke();
}

export function words(c: Ctx, text: string, x: number, y: number, size: number, colour: string, bold = false): void {
  c.fillStyle = colour;
  c.font = `${bold ? 'bold ' : ''}${size}px ${FONT}`;
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  c.fillText(text, x, y);
}

type Wear = { readonly helmet?: number; readonly vest?: number; readonly boots?: number; readonly glasses?: number };
export const ALL: Wear = { helmet: 1, vest: 1, boots: 1, glasses: 1 };

/** Somebody standing at x, feet at y; `step` swings the legs. What they wear comes down from above as it goes from 0 to 1. */
export function person(c: Ctx, x: number, y: number, wear: Wear, step = 0): void {
  const swing = Math.sin(step) * 12;
  const above = (part = 0): number => (1 - smooth(part)) * -260;
  line(c, '#3d5166', 13, [
    [x - 3, y - 58],
    [x - 6 - swing, y - 6],
  ]);
  line(c, '#3d5166', 13, [
    [x + 3, y - 58],
    [x + 6 + swing, y - 6],
  ]);
  line(c, '#5d7a96', 11, [
    [x - 14, y - 104],
    [x - 22 + swing, y - 66],
  ]);
  line(c, '#5d7a96', 11, [
    [x + 14, y - 104],
    [x + 22 - swing, y - 66],
  ]);
  box(c, '#5d7a96', [x - 18, y - 114, 36, 60], 9);
  disc(c, '#e9b98f', x, y - 133, 17);
  if (wear.boots)
    for (const s of [-1, 1]) box(c, INK.dark, [x + s * (6 + swing) - 11, y - 14 + above(wear.boots), 22, 14], 4);
  if (wear.vest) {
    box(c, '#f07c1d', [x - 19, y - 114 + above(wear.vest), 38, 50], 8);
    box(c, '#f5f0c8', [x - 19, y - 92 + above(wear.vest), 38, 7]);
  }
  if (wear.glasses) box(c, '#8fc7e8', [x - 15, y - 139 + above(wear.glasses), 30, 10], 5);
  if (wear.helmet) {
    disc(c, INK.warn, x, y - 139 + above(wear.helmet), 19, Math.PI, 2 * Math.PI);
    box(c, INK.warn, [x - 24, y - 141 + above(wear.helmet), 48, 5], 2);
  }
}

export function room(c: Ctx): void {
  box(c, INK.sky, [0, 0, 640, 300]);
  box(c, INK.floor, [0, 226, 640, 74]);
}

export function tick(c: Ctx, x: number, y: number, size: number): void {
  line(c, INK.safe, size / 4, [
    [x - size / 2, y],
    [x - size / 8, y + size / 3],
    [x + size / 2, y - size / 3],
  ]);
}

export function truck(c: Ctx, x: number): void {
  line(c, INK.dark, 6, [
    [x - 60, 286],
    [x - 60, 186],
  ]);
  box(c, INK.dark, [x - 104, 278, 46, 6]);
  box(c, '#9b6b3a', [x - 104, 232, 42, 44], 3);
  box(c, INK.warn, [x - 56, 230, 92, 50], 8);
  line(c, INK.dark, 5, [
    [x - 40, 232],
    [x - 28, 178],
    [x + 26, 178],
    [x + 34, 232],
  ]);
  disc(c, '#e9b98f', x, 208, 11);
  for (const wheel of [x - 36, x + 20]) disc(c, INK.dark, wheel, 282, 15);
}

export function flame(c: Ctx, x: number, y: number, size: number, t: number): void {
  for (const [colour, part] of [
    ['#e5531a', 1],
    ['#f6a21c', 0.66],
    ['#fbe08a', 0.34],
  ] as const) {
    const h = size * part * (1 + 0.12 * Math.sin(t * 9 + part * 5));
    c.fillStyle = colour;
    c.beginPath();
    c.moveTo(x - size * part * 0.5, y);
    c.quadraticCurveTo(x - size * part * 0.5, y - h * 0.6, x, y - h * 1.5);
    c.quadraticCurveTo(x + size * part * 0.5, y - h * 0.6, x + size * part * 0.5, y);
    c.fill();
  }
}
