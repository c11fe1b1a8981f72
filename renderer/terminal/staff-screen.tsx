import { useState } from 'react';
import type { StationView } from '../../contract/page/view.ts';
import { ReadinessScreen } from './readiness.tsx';
import { SetUpScreen } from './set-up.tsx';

type StaffProps = {
  readonly view: StationView;
  /** Asked for by whoever stands there; a new terminal asks by itself. */
  readonly staff: boolean;
  readonly onBack: () => void;
  readonly onRecoveryCode: (code: string | undefined) => void;
};

/** Nobody sits here: how ready the station is, and what it is. */
export function StaffScreen({ view, staff, onBack, onRecoveryCode }: StaffProps) {
  const [settings, setSettings] = useState(false);
  const { setUp } = view;
  const saved = (recoveryCode: string | undefined) => {
    setSettings(false);
    onRecoveryCode(recoveryCode);
  };
  if (!staff && setUp) return <SetUpScreen how={setUp} onDone={saved} />;
  if (settings && setUp) return <SetUpScreen how={setUp} onDone={saved} onBack={() => setSettings(false)} />;
  return <ReadinessScreen view={view} onBack={onBack} onSettings={setUp && (() => setSettings(true))} />;
}
