import type { ReactNode } from 'react';

/** Drawings that stand large beside what is said. Each shows what the words say; none says more. */

type DrawingProps = {
  readonly look?: 'good' | 'warn' | 'card-on-reader';
  /** How low the middle of the round wash is that it stands before. */
  readonly washAt?: number;
  readonly children: ReactNode;
};

const Drawing = ({ look, washAt = 152, children }: DrawingProps) => (
  <svg className={look ? `drawing ${look}` : 'drawing'} viewBox="0 0 320 300" aria-hidden="true">
    <ellipse className="wash" cx="160" cy={washAt} rx="150" ry="132" />
    {children}
  </svg>
);

/** A card coming down on a reader. */
export const CardOnReader = () => (
  <Drawing look="card-on-reader" washAt={160}>
    <path
      className="sheet-of"
      d="M52 214h216a16 16 0 0 1 16 16v22a16 16 0 0 1-16 16H52a16 16 0 0 1-16-16v-22a16 16 0 0 1 16-16z"
    />
    <path d="M96 214h128" strokeWidth="9" />
    <circle className="dark" cx="252" cy="241" r="6" />
    <g className="card">
      <rect className="sheet-of" x="66" y="62" width="188" height="118" rx="12" />
      <circle cx="206" cy="106" r="17" />
      <path d="M180 154c0-18 11-27 26-27s26 9 26 27" />
      <path d="M86 92h64M86 114h50M86 154h74" />
    </g>
    <path className="waves" d="M138 198q22 12 44 0" />
  </Drawing>
);

/** A proctor is on the way. */
export const ProctorComes = () => (
  <Drawing look="warn" washAt={154}>
    <circle className="sheet-of" cx="176" cy="96" r="38" />
    <path d="M138 92c2-26 16-42 38-42s36 16 38 42M130 92h92" />
    <path className="sheet-of" d="M98 264v-46c0-40 32-66 78-66s78 26 78 66v46z" />
    <path d="M214 264v-38" />
    <path d="M100 224c-20-8-34-34-38-64" strokeWidth="20" />
    <path d="M50 150v-34M62 152v-44M74 154v-38" strokeWidth="7" />
    <path d="M160 118q16 10 32 0" />
    <rect className="sheet-of" x="150" y="196" width="40" height="30" rx="4" />
    <path d="M160 211h20" />
  </Drawing>
);

/** Known, and waiting to begin. */
export const Verified = () => (
  <Drawing look="good" washAt={150}>
    <circle className="sheet-of" cx="160" cy="112" r="52" />
    <path className="sheet-of" d="M72 262c0-52 38-80 88-80s88 28 88 80z" />
    <circle className="sheet-of" cx="228" cy="192" r="42" />
    <path d="M208 192l14 15 28-30" strokeWidth="10" />
  </Drawing>
);

/** The clock stands. */
export const ClockStands = () => (
  <Drawing look="warn" washAt={150}>
    <circle className="sheet-of" cx="160" cy="160" r="88" />
    <path d="M160 72V52M142 52h36M222 92l14-14" />
    <path d="M138 122v76M182 122v76" strokeWidth="18" />
  </Drawing>
);

/** A number to type. */
export const NumberToType = () => (
  <Drawing>
    <rect className="sheet-of" x="66" y="52" width="188" height="200" rx="18" />
    <path d="M90 84h140" strokeWidth="12" />
    <path
      d="M104 132h.1M160 132h.1M216 132h.1M104 174h.1M160 174h.1M216 174h.1M104 216h.1M160 216h.1M216 216h.1"
      strokeWidth="26"
    />
  </Drawing>
);

/** Another place. */
export const AnotherSeat = () => (
  <Drawing>
    <rect className="sheet-of" x="44" y="84" width="104" height="76" rx="10" />
    <path d="M96 160v30M66 190h60" />
    <rect className="sheet-of" x="196" y="116" width="84" height="62" rx="9" />
    <path d="M238 178v26M214 204h48" />
    <path d="M70 238h156m-24-22 24 22-24 22" strokeWidth="9" />
  </Drawing>
);

/** Nobody can be examined here now. */
export const NotNow = () => (
  <Drawing look="warn">
    <rect className="sheet-of" x="60" y="58" width="200" height="138" rx="14" />
    <path d="M160 196v38M112 236h96" />
    <path d="M160 92v48M160 164h.1" strokeWidth="14" />
  </Drawing>
);
