import { useState } from 'react';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';

export type Deed = {
  /** While it is under way: its button waits. */
  readonly busy: boolean;
  /** Why it was refused, until it is tried again; and, for staff, what exactly. */
  readonly refused: Reason | undefined;
  readonly detail: string | undefined;
  run(work: () => Promise<unknown>): Promise<boolean>;
};

/** Something a page asks the center to do: once at a time, and what was refused is said beside it. */
export function useDeed(): Deed {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ readonly reason: Reason; readonly detail: string | undefined }>();
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('internal', String(error));
      setProblem({ reason: refusal.reason, detail: refusal.detail });
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, refused: problem?.reason, detail: problem?.detail, run };
}
