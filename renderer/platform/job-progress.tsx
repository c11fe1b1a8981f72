import { useEffect, useState } from 'react';
import { type Job, jobEndpoints } from '../../contract/platform/jobs.ts';
import { Button } from '../design/button.tsx';
import { addressOf } from './api.ts';
import { usePlatform } from './context.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';

const LOOK_MS = 1_000;
const isOver = ({ state }: Job): boolean => state !== 'waiting' && state !== 'running';

type JobProgressProps = { readonly job: Job; readonly onEnded?: ((job: Job) => void) | undefined };

/** How far long work is, until it is over; then what came of it. For any page that asked for some. */
export function JobProgress({ job: first, onEnded }: JobProgressProps) {
  const { t, ask, explain, locale } = usePlatform();
  const [job, setJob] = useState(first);
  const deed = useDeed();
  const over = isOver(job);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is looked at until it is over
  useEffect(() => {
    if (over) return undefined;
    const timer = setInterval(async () => {
      const next = await ask(jobEndpoints.read, { params: { id: job.id } }).catch(() => undefined);
      if (!next) return;
      setJob(next);
      if (isOver(next)) onEnded?.(next);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [over, job.id]);
  const cancel = () => deed.run(async () => setJob(await ask(jobEndpoints.cancel, { params: { id: job.id } })));
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  return (
    <div className="job" data-job={job.id} data-state={job.state}>
      <span role="status">
        {t(`jobs.${job.state}`)}
        {job.state === 'failed' && job.reason === 'internal' && ` · ${explain('internal')}`}
      </span>
      {!over && (
        <>
          <progress value={job.progress} max={1} aria-label={t('jobs.state')} />
          <Button look="quiet" small action="cancel-job" disabled={deed.busy} onPress={cancel}>
            {t('jobs.cancel')}
          </Button>
        </>
      )}
      {job.file && (
        <>
          <a href={addressOf(jobEndpoints.download, { params: { id: job.id } })} download={job.file.name}>
            {t('jobs.download', { size: sizeOf(job.file.bytes, locale) })}
          </a>
          <small className="muted">{t('jobs.until', { date: day.format(new Date(job.file.until)) })}</small>
        </>
      )}
      <Problem refused={deed.refused} />
    </div>
  );
}

function sizeOf(bytes: number, locale: string): string {
  const [unit, per] = bytes < 1_000_000 ? (['kilobyte', 1_000] as const) : (['megabyte', 1_000_000] as const);
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 });
  return format.format(Math.max(bytes / per, 0.1));
}
