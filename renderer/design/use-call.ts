import { useState } from 'react';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';

/** Runs one call at a time and keeps what it was refused with, for the screen to show. */
export function useCall() {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Reason>();
  const run = async (call: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setRefused(undefined);
    try {
      await call();
      return true;
    } catch (error) {
      setRefused(error instanceof Refusal ? error.reason : 'station-gone');
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, refused, run };
}
