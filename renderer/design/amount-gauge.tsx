import type { Gesture } from '../../contract/words/exam.ts';
import { AMOUNTS, wayOf } from '../../contract/words/gestures.ts';

type Props = {
  readonly of: Gesture;
  /** How much of it is made by now; nothing where nobody knows yet. */
  readonly amount: number | undefined;
};

/** How much of a gesture is asked for, and how much of it is made: a mark on an arc, or a ring that the face is to fill. */
export function AmountGauge({ of, amount }: Props) {
  const asked = AMOUNTS[of];
  if (!asked) return null;
  return of === 'come-closer' ? <Ring asked={asked} amount={amount} /> : <Arc of={of} asked={asked} amount={amount} />;
}

type Asked = { readonly asked: readonly [number, number]; readonly amount: number | undefined };

/** Where the arc lies, and how much farther a degree of the head is along it: it is small, and seen from afar. */
const [MIDDLE, RADIUS, STRETCH, ENDS] = [{ x: 60, y: 72 }, 56, 1.25, 60];

/** Seen as in the mirror beside it: left is left. */
function Arc({ of, asked: [least, most], amount }: Asked & { readonly of: Gesture }) {
  const side = wayOf(of) === 'left' ? -1 : 1;
  const mark = amount === undefined ? undefined : placeOn(clamped(side * amount * STRETCH));
  return (
    <g className="gauge">
      <path d={arcFrom(-ENDS, ENDS)} className="scale" />
      <path d={arcFrom(clamped(side * least * STRETCH), clamped(side * most * STRETCH))} className="asked" />
      {mark && <circle cx={mark.x} cy={mark.y} r="7" className="made" />}
    </g>
  );
}

const clamped = (degrees: number): number => Math.min(Math.max(degrees, -ENDS), ENDS);

function placeOn(degrees: number): { readonly x: number; readonly y: number } {
  const angle = (degrees * Math.PI) / 180;
  return { x: MIDDLE.x + RADIUS * Math.sin(angle), y: MIDDLE.y - RADIUS * Math.cos(angle) };
}

function arcFrom(start: number, end: number): string {
  const [from, to] = [placeOn(Math.min(start, end)), placeOn(Math.max(start, end))];
  return `M${from.x} ${from.y} A${RADIUS} ${RADIUS} 0 0 1 ${to.x} ${to.y}`;
}

/** Half the width and height of the face at rest, as the ring has them. */
const FACE = { x: 18, y: 23 };

function Ring({ asked: [least], amount }: Asked) {
  const ring = (times: number, className: string) => (
    <ellipse cx="60" cy="62" rx={FACE.x * times} ry={FACE.y * times} className={className} />
  );
  return (
    <g className="gauge">
      {ring(least * 1.2, 'asked')}
      {amount !== undefined && ring(Math.min(Math.max(amount, 0.8), 2.2), 'made-ring')}
    </g>
  );
}
