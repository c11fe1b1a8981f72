import { Meter as AriaMeter } from 'react-aria-components/Meter';

type MeterProps = {
  /** 0..1. */
  readonly share: number;
  readonly label: string;
  /** Whether little of it is bad news. */
  readonly judged?: boolean;
};

const [LOW, HIGH] = [0.6, 0.8];
const levelOf = (share: number): string => (share < LOW ? 'low' : share < HIGH ? 'middling' : 'high');

/** How much of a whole, as a bar. Its figure stands beside it: a colour alone says nothing. */
export function Meter({ share, label, judged = false }: MeterProps) {
  const percent = Math.round(share * 100);
  return (
    <AriaMeter className={judged ? `meter ${levelOf(share)}` : 'meter'} value={percent} aria-label={label}>
      <i style={{ width: `${percent}%` }} />
    </AriaMeter>
  );
}
