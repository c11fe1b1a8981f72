import { bankReading } from '../bank-uploads/index.ts';
import type { Center, Tracer } from '../base/index.ts';
import { bulletinExport } from '../bulletin/index.ts';
import { certificatesExport } from '../certificates/index.ts';
import { type Ways as HookWays, hookDelivery } from '../hooks/index.ts';
import { type Jobs, openJobs } from '../jobs/index.ts';
import { statementsExport } from '../learning/index.ts';
import type { Metrics } from '../metrics/index.ts';
import { resultsExport } from '../results/index.ts';
import { erasing } from '../retention/index.ts';
import { type BulletinWays, bulletinIssue } from '../schedules/index.ts';
import { SYSTEM } from '../seed/index.ts';
import { tracedJobs } from './traced.ts';

export type LongWork = {
  readonly metrics: Metrics;
  readonly tracer: Tracer | undefined;
  readonly bulletins: BulletinWays;
  readonly hooks: HookWays;
  /** Whether no other center is on this database. */
  readonly alone: boolean;
  readonly onFault: (error: unknown) => void;
};

/** Every kind of long work that there is, done by whichever center has room. */
export function startJobs(center: Center, { metrics, tracer, bulletins, hooks, alone, onFault }: LongWork): Jobs {
  const everywhere: Center = { ...center, db: center.db.as('*') };
  const kinds = {
    'results-export': resultsExport(SYSTEM, center),
    'certificates-export': certificatesExport(SYSTEM, center),
    'statements-export': statementsExport(SYSTEM, center),
    'bulletin-export': bulletinExport(SYSTEM, center),
    'bulletin-issue': bulletinIssue(SYSTEM, center, bulletins, (outcome) => metrics.job('bulletins', outcome)),
    'bank-reading': bankReading(SYSTEM, everywhere),
    'hook-delivery': hookDelivery(center, hooks),
    retention: erasing(SYSTEM, everywhere),
  };
  return openJobs(center, { kinds: tracedJobs(kinds, tracer), alone, onFault });
}
