import type { WorkerDetails } from '../../contract/platform/workers.ts';
import type { Firm } from './use-firm.ts';

/** Somebody of a firm, and what is to be done when something about them was changed. */
export type WorkerProps = {
  readonly firm: Firm;
  readonly worker: WorkerDetails;
  readonly onChanged: () => void;
};
