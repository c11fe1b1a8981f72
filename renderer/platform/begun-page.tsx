import { useCallback, useState } from 'react';
import { type Beginning, beginningEndpoints } from '../../contract/platform/beginnings.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { Form, TextField } from './fields.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { momentOf } from './turn-words.ts';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

/** What somebody types at the station that does not start. */
const RESCUE = 'exam-station rescue --data DIR --to STATION --note TEXT --out FILE';

/** Exams that began and came to no result; what to do with a station that failed; forms that are drawn again. */
export function BegunPage() {
  return (
    <OfFirm screen="begun" heading="begun.title">
      {(firm) => (
        <>
          <Begun firm={firm} />
          <Rescue />
          {firm.isOwn && <Reveal firm={firm} />}
        </>
      )}
    </OfFirm>
  );
}

function Begun({ firm }: { readonly firm: Firm }) {
  const { t, ask, locale } = usePlatform();
  const load = useCallback(() => ask(beginningEndpoints.list, { params: { firm: firm.id } }), [ask, firm.id]);
  const { value, refused, again } = useLoaded(load);
  const [releasing, setReleasing] = useState<Beginning>();
  return (
    <>
      <p className="muted">{t('begun.means')}</p>
      <Problem refused={refused} />
      {value?.beginnings.length === 0 && <p className="empty">{t('begun.none')}</p>}
      <ul className="rows boxed">
        {value?.beginnings.map((one) => (
          <li key={one.sittingId} data-sitting={one.sittingId}>
            <span className="part">
              <span>
                <strong>{one.name ?? one.candidateId}</strong> · {one.station}
              </span>
              <small className="muted">
                {t('begun.heard', { from: momentOf(one.askedAt, locale), until: momentOf(one.heardAt, locale) })}
              </small>
              {one.against && <small>{t(`begun.${one.against}`)}</small>}
              {one.releasedBy && (
                <small>{t('begun.released', { by: one.releasedBy, note: one.releasedNote ?? '' })}</small>
              )}
            </span>
            {firm.isOwn && !one.releasedBy && (
              <Button small action="release" onPress={() => setReleasing(one)}>
                {t('begun.release')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {releasing && (
        <Release
          {...{ firm, beginning: releasing }}
          onClose={() => setReleasing(undefined)}
          onDone={() => {
            setReleasing(undefined);
            again();
          }}
        />
      )}
    </>
  );
}

type ReleaseProps = {
  readonly firm: Firm;
  readonly beginning: Beginning;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

function Release({ firm, beginning, onClose, onDone }: ReleaseProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [note, setNote] = useState('');
  const release = () =>
    run(async () => {
      const params = { firm: firm.id, id: beginning.sittingId };
      await ask(beginningEndpoints.release, { params, body: { note } });
      onDone();
    });
  return (
    <Dialog title={t('begun.release')} onClose={onClose}>
      <Form onSend={release}>
        <p>{t('begun.release-means')}</p>
        <TextField name="note" label={t('command.note')} value={note} onChange={setNote} required />
        <Problem {...problem} />
        <div className="sheet-deeds">
          <Button action="cancel" onPress={onClose}>
            {t('app.cancel')}
          </Button>
          <Button look="primary" submits action="release-really" disabled={busy}>
            {t('begun.release')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

/** What nobody does from here: the file is made at the machine. */
function Rescue() {
  const { t } = usePlatform();
  return (
    <details className="more">
      <summary>{t('rescue.title')}</summary>
      <ol>
        <li>{t('rescue.runs')}</li>
        <li>
          {t('rescue.dead')} <code>{RESCUE}</code>
        </li>
        <li>{t('rescue.lost')}</li>
      </ol>
    </details>
  );
}

function Reveal({ firm }: { readonly firm: Firm }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [seed, setSeed] = useState('');
  const [records, setRecords] = useState<number>();
  const reveal = () =>
    run(async () => {
      const body = { seed: seed.trim() };
      setRecords((await ask(beginningEndpoints.reveal, { params: { firm: firm.id }, body })).records);
    });
  return (
    <details className="more">
      <summary>{t('reveal.title')}</summary>
      <p>{t('reveal.means')}</p>
      <Form onSend={reveal}>
        <TextField name="seed" label={t('reveal.seed')} value={seed} onChange={setSeed} required />
        <Problem {...problem} />
        <div>
          <Button submits action="reveal" disabled={busy}>
            {t('reveal.do')}
          </Button>
        </div>
        <p role="status">{records !== undefined && t('reveal.done', { records })}</p>
      </Form>
    </details>
  );
}
