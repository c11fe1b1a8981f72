import { encode } from 'uqr';

export type QrPicture = {
  /** Of its side, quiet zone and all, in modules. */
  readonly side: number;
  /** What is dark, for an SVG path. */
  readonly path: string;
  /** How large a code of its kind it is, 1 to 40. */
  readonly version: number;
};

/** As the standard asks for: without it, what stands around a code is taken for part of it. */
const QUIET = 4;

/** A text as a QR code that is still read where a seventh of it is covered or blurred. */
export function qrPicture(text: string): QrPicture {
  const { data, size, version } = encode(text, { ecc: 'M', boostEcc: false, border: 0 });
  const rows = data.map((row, y) =>
    runsOf(row).map(([from, to]) => `M${from + QUIET} ${y + QUIET}h${to - from}v1h${from - to}z`),
  );
  return { side: size + 2 * QUIET, path: rows.flat().join(''), version };
}

/** From where to where it is dark: one shape a run, so that no seam shows between two modules. */
function runsOf(row: readonly boolean[]): readonly (readonly [number, number])[] {
  const edges = row.flatMap((dark, x) => (dark === (row[x - 1] ?? false) ? [] : [x]));
  if (row.at(-1)) edges.push(row.length);
  return edges.flatMap((from, at) => (at % 2 === 0 ? [[from, edges[at + 1] ?? from] as const] : []));
}
