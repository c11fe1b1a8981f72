import type { ReactNode } from 'react';

type GlanceProps = {
  readonly count: number;
  readonly label: string;
  /** Where they are. */
  readonly to: string;
  /** What somebody has to do about them. */
  readonly waits?: ReactNode;
};

/** How many there are of something, and what of it waits for somebody. */
export function Glance({ count, label, to, waits }: GlanceProps) {
  return (
    <li className="card">
      <strong>{count}</strong>
      <a href={to}>{label}</a>
      {waits && <small className="badge warn">{waits}</small>}
    </li>
  );
}
