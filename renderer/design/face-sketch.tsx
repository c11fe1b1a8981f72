import type { CSSProperties, ReactNode } from 'react';
import type { Gesture } from '../../contract/words/exam.ts';
import type { Reason, ReasonCode } from '../../contract/words/reasons.ts';
import { AmountGauge } from './amount-gauge.tsx';

/**
 * What to do, drawn: a head and one thing about it. Seen as in the mirror beside it, so that left is left. Says nothing
 * that the sentence beside it does not say.
 */
export function FaceSketch({
  of,
  amount,
}: {
  readonly of: ReasonCode | Gesture;
  readonly amount?: number | undefined;
}) {
  const sketch = (SKETCHES as Readonly<Record<string, Sketch | undefined>>)[of];
  if (!sketch) return null;
  const {
    turn = 0,
    tilt = 0,
    scale = 0.86,
    at = 0,
    down = 0,
    eyes = 'open',
    mouth = 'closed',
    moving,
    gauge,
    with: extra,
  } = sketch;
  return (
    <svg viewBox="0 0 120 120" className={`face-sketch ${moving ?? ''}`} aria-hidden="true" data-sketch={of}>
      <rect x="4" y="4" width="112" height="112" rx="18" className="frame" />
      <g transform={`translate(${60 + at} ${62 + down}) rotate(${tilt}) scale(${scale})`} className="head">
        <ellipse rx="28" ry="36" className="skin" />
        <g transform={`translate(${turn} 0)`} className="features" style={{ '--by': `${turn}px` } as CSSProperties}>
          <Eye x={-11} open={eyes === 'open'} />
          <Eye x={11} open={eyes === 'open'} />
          <path d="M0 -2 v9 h4" className="line" />
          {mouth === 'open' ? (
            <ellipse cy="20" rx="8" ry="7" className="dark" />
          ) : (
            <path d="M-9 19 q9 5 18 0" className="line" />
          )}
          {extra === 'mask' && <path d="M-26 4 h52 v10 q-8 20 -26 20 q-18 0 -26 -20 z" className="cloth" />}
        </g>
      </g>
      {extra && EXTRAS[extra]}
      {gauge && <AmountGauge of={gauge} amount={amount} />}
    </svg>
  );
}

function Eye({ x, open }: { readonly x: number; readonly open: boolean }) {
  return open ? (
    <circle cx={x} cy="-8" r="3.4" className="dark" />
  ) : (
    <path d={`M${x - 5} -8 q5 4 10 0`} className="line" />
  );
}

type Extra = 'inward' | 'outward' | 'left' | 'right' | 'lamp' | 'glare' | 'second' | 'mask' | 'none-there' | 'shaking';
type Sketch = {
  /** How far eyes, nose and mouth have moved to the side. */
  readonly turn?: number;
  readonly tilt?: number;
  readonly scale?: number;
  readonly at?: number;
  readonly down?: number;
  readonly eyes?: 'open' | 'closed';
  readonly mouth?: 'open' | 'closed';
  readonly moving?: 'turns-left' | 'turns-right' | 'turns' | 'comes';
  /** Of which gesture it is shown how much of it is asked for. */
  readonly gauge?: Gesture;
  readonly with?: Extra;
};

/** A head that leaves room for the arc above it. */
const UNDER_GAUGE = { scale: 0.72, down: 12 } as const;

const SKETCHES: Readonly<Partial<Record<Reason | Gesture, Sketch>>> = {
  'turn-left': { moving: 'turns-left', with: 'left' },
  'turn-right': { moving: 'turns-right', with: 'right' },
  'turn-left-little': { turn: -7, moving: 'turns', gauge: 'turn-left-little', ...UNDER_GAUGE },
  'turn-left-far': { turn: -16, moving: 'turns', gauge: 'turn-left-far', ...UNDER_GAUGE },
  'turn-right-little': { turn: 7, moving: 'turns', gauge: 'turn-right-little', ...UNDER_GAUGE },
  'turn-right-far': { turn: 16, moving: 'turns', gauge: 'turn-right-far', ...UNDER_GAUGE },
  'come-closer': { scale: 0.94, moving: 'comes', gauge: 'come-closer' },
  blink: { eyes: 'closed' },
  'open-mouth': { mouth: 'open' },
  'no-face': { with: 'none-there' },
  'several-faces': { at: -14, scale: 0.8, with: 'second' },
  'face-too-small': { scale: 0.5, with: 'outward' },
  'face-too-close': { scale: 1.3, with: 'inward' },
  'face-cut-off': { at: 42, with: 'left' },
  'face-turned': { turn: 13, with: 'left' },
  'head-tilted': { tilt: 24 },
  'face-blurred': { with: 'shaking' },
  'face-covered': { with: 'mask' },
  'eyes-closed': { eyes: 'closed' },
  'mouth-open': { mouth: 'open' },
  'too-dark': { with: 'lamp' },
  'light-flat': { with: 'lamp' },
  'picture-noisy': { with: 'lamp' },
  'colour-unnatural': { with: 'glare' },
  'too-bright': { with: 'glare' },
};

const arrow = (x: number, y: number, angle: number) => (
  <path
    key={`${x} ${y}`}
    d="M-9 0 h16 m-6 -6 l6 6 l-6 6"
    transform={`translate(${x} ${y}) rotate(${angle})`}
    className="arrow"
  />
);
const EXTRAS: Readonly<Record<Extra, ReactNode>> = {
  outward: [arrow(22, 22, 225), arrow(98, 22, 315), arrow(22, 98, 135), arrow(98, 98, 45)],
  inward: [arrow(18, 18, 45), arrow(102, 18, 135), arrow(18, 102, 315), arrow(102, 102, 225)],
  left: arrow(20, 62, 180),
  right: arrow(100, 62, 0),
  lamp: (
    <path d="M92 14 l14 14 M85 30 l-6 8 M96 36 l-3 10 M78 22 l-10 3 M88 12 a10 10 0 0 1 18 16 z" className="arrow" />
  ),
  glare: (
    <path d="M98 12 v10 M98 38 v10 M80 30 h10 M106 30 h8 M86 18 l6 6 M86 42 l6 -6 M110 18 l-6 6" className="arrow" />
  ),
  second: <ellipse cx="94" cy="66" rx="15" ry="20" className="skin faint" />,
  mask: null,
  'none-there': <path d="M60 10 v14 m-6 -6 l6 6 l6 -6" className="arrow" />,
  shaking: <path d="M16 46 q-6 16 0 32 M104 46 q6 16 0 32" className="arrow" />,
};
