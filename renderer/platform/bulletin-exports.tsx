import { useState } from 'react';
import {
  BULLETIN_FORMATS,
  type Bulletin,
  BulletinExport,
  type BulletinFormat,
  bulletinEndpoints,
  MOST_DIRECT_FIRMS,
  MOST_PDF_ROWS,
} from '../../contract/platform/bulletin.ts';
import type { Job } from '../../contract/platform/jobs.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { addressOf } from './api.ts';
import { usePlatform } from './context.tsx';
import { JobProgress } from './job-progress.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';

type Wish = {
  readonly from: string;
  readonly to: string;
  readonly grouping: Bulletin['grouping'];
  readonly below?: OrganisationId | undefined;
  readonly sector?: string;
};
type ExportsProps = { readonly bulletin: Bulletin | undefined; readonly wish: Wish };

/** The bulletin as files: at once, or, of thousands of firms, as long work that says how far it is. */
export function BulletinExports({ bulletin, wish }: ExportsProps) {
  const { t, ask, locale } = usePlatform();
  const { run, busy, ...problem } = useDeed();
  const [job, setJob] = useState<Job>();
  const isPrintable = bulletin !== undefined && bulletin.rows.length + bulletin.deductions.length <= MOST_PDF_ROWS;
  const isLong = bulletin !== undefined && bulletin.total.firms > MOST_DIRECT_FIRMS;
  const formats = BULLETIN_FORMATS.filter((format) => format !== 'pdf' || isPrintable);
  const start = (format: BulletinFormat) =>
    run(async () => {
      const body = BulletinExport.parse({ ...wish, format, language: locale });
      setJob(await ask(bulletinEndpoints.exportLong, { body }));
    });
  return (
    <>
      <div className="deeds no-print">
        {formats.map((format) =>
          isLong ? (
            <Button small key={format} action={`export-${format}`} disabled={busy} onPress={() => start(format)}>
              {t(`bulletin.export-${format}`)}
            </Button>
          ) : (
            <a
              key={format}
              className="export"
              href={addressOf(bulletinEndpoints.exportFile, { query: { ...wish, format, language: locale } })}
              download
            >
              {t(`bulletin.export-${format}`)}
            </a>
          ),
        )}
        <Button small action="print" icon="print" onPress={() => window.print()}>
          {t('bulletin.print')}
        </Button>
      </div>
      <Problem {...problem} />
      {job && <JobProgress key={job.id} job={job} />}
    </>
  );
}
