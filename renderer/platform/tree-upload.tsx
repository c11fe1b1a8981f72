import { useState } from 'react';
import { organisationEndpoints, type TreeRow } from '../../contract/platform/organisations.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { FileField } from './file-field.tsx';
import { base64Of } from './files.ts';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';

type Source = { readonly csv: string } | { readonly file: string };
const TONES = { added: 'good', there: '', refused: 'bad' } as const;

/** Counties and streets, as two columns: pasted or as a file; seen row by row before anything is added. */
export function TreeUpload({ onDone }: { readonly onDone: () => void }) {
  const { t } = usePlatform();
  const { ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [pasted, setPasted] = useState('');
  const [source, setSource] = useState<Source>();
  const [rows, setRows] = useState<readonly TreeRow[]>();
  const [applied, setApplied] = useState(false);
  const send = (from: Source, dryRun: boolean) =>
    run(async () => {
      setSource(from);
      setRows((await ask(organisationEndpoints.importTree, { body: { ...from, dryRun } })).rows);
      setApplied(!dryRun);
      if (!dryRun) onDone();
    });
  const choose = async ([file]: readonly File[]) => {
    if (file) await send({ file: await base64Of(file) }, true);
  };
  const toAdd = rows?.filter(({ outcome }) => outcome === 'added').length ?? 0;
  return (
    <>
      <p>{t('tree.means')}</p>
      <div className="fields">
        <label className="field">
          <span className="label">{t('tree.paste')}</span>
          <textarea name="tree" rows={5} value={pasted} onChange={(event) => setPasted(event.target.value)} />
        </label>
        <FileField name="tree-file" label={t('tree.file')} accept=".csv,.txt" disabled={busy} onFiles={choose} />
      </div>
      <div>
        <Button
          action="look-at-tree"
          disabled={busy || pasted.trim() === ''}
          onPress={() => send({ csv: pasted.replaceAll('\t', ',') }, true)}
        >
          {t('tree.look')}
        </Button>
      </div>
      <Problem {...problem} />
      {rows && (
        <ul className="rows boxed" data-tree={applied ? 'applied' : 'seen'}>
          {rows.map(({ row, county, street, outcome, why }) => (
            <li key={row}>
              <span>
                {row} · {county} {street}
              </span>
              <span>
                {why} <span className={`badge ${TONES[outcome]}`}>{t(`tree.${outcome}`)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {rows && source && !applied && toAdd > 0 && (
        <div>
          <Button look="primary" action="apply-tree" disabled={busy} onPress={() => send(source, false)}>
            {t('tree.apply', { count: toAdd })}
          </Button>
        </div>
      )}
    </>
  );
}
