import { useMemo, useState } from 'react';
import { TELL_RESULTS, type ToldImport, toldResultEndpoints } from '../../contract/platform/told-results.ts';
import { ToldImportId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useHasRole, usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';
import { type Column, List } from './list.tsx';
import { Problem } from './problem.tsx';
import { addressFor, goInstead } from './route.ts';
import { ToldUpload } from './told-upload.tsx';
import { useDeed } from './use-deed.ts';

/** What was brought, and a way to bring more; the import in the address is taken back here. */
export function ToldImportsPage({ id }: { readonly id: string }) {
  const { t } = usePlatform();
  const tells = useHasRole(...TELL_RESULTS);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round, and each that was taken back, asks anew
  const asked = useMemo(() => ({ query: {} }), [round, id]);
  return (
    <Main screen="told-imports" className="page">
      <div className="head">
        <h1>{t('told.imports')}</h1>
        <a href={addressFor('told-results')}>{t('told.title')}</a>
      </div>
      <p className="notice warn" data-mark="unproven">
        {t('told.means')}
      </p>
      {id && <Withdraw id={id} />}
      {tells && !id && <ToldUpload onDone={() => setRound((before) => before + 1)} />}
      <h2>{t('told.brought')}</h2>
      <List
        caption={t('told.brought')}
        endpoint={toldResultEndpoints.imports}
        {...{ asked }}
        columns={useColumns()}
        keyOf={(one: ToldImport) => one.id}
      />
    </Main>
  );
}

function Withdraw({ id }: { readonly id: string }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [note, setNote] = useState('');
  const withdraw = () =>
    run(async () => {
      const known = ToldImportId.safeParse(id);
      if (!known.success) throw new Refusal('told-import-unknown');
      await ask(toldResultEndpoints.withdraw, { params: { id: known.data }, body: { note: note.trim() } });
      goInstead(addressFor('told-imports'));
    });
  return (
    <section className="part waiting-for-us" aria-labelledby="withdraw">
      <h2 id="withdraw">{t('told.withdraw')}</h2>
      <p>{t('told.withdraw-means')}</p>
      <TextField name="note" label={t('settle.note')} hint={t('settle.hint')} value={note} onChange={setNote} />
      <Problem {...problem} />
      <div className="deeds">
        <Button look="danger" action="withdraw-told" disabled={busy || note.trim().length < 2} onPress={withdraw}>
          {t('told.withdraw')}
        </Button>
        <a href={addressFor('told-imports')}>{t('app.cancel')}</a>
      </div>
    </section>
  );
}

function useColumns(): readonly Column<ToldImport>[] {
  const { t, locale } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return [
    { name: 'at', title: t('told.brought-at'), cell: ({ broughtAt }) => when.format(new Date(broughtAt)) },
    { name: 'place', title: t('told.place'), cell: ({ organisation }) => organisation },
    { name: 'vendor', title: t('told.vendor'), cell: ({ vendor }) => vendor },
    {
      name: 'file',
      title: t('told.file'),
      cell: ({ file, source }) => (
        <span title={file.hash}>
          {file.name} <small className="muted">{t(`told.source.${source}`)}</small>
        </span>
      ),
    },
    {
      name: 'rows',
      title: t('told.rows'),
      figures: true,
      cell: ({ id, rows }) => <a href={addressFor('told-results', '', { importId: id })}>{rows}</a>,
    },
    { name: 'by', title: t('told.brought-by'), cell: ({ broughtBy }) => broughtBy },
    {
      name: 'state',
      title: t('told.state'),
      cell: ({ id, withdrawn, provenBy, mayWithdraw }) => (
        <span>
          <span className={`badge ${provenBy ? 'warn proven' : 'bad'}`}>
            {provenBy ? t('told.proven-by', { center: provenBy }) : t('told.unproven')}
          </span>{' '}
          {withdrawn && (
            <>
              <span className="badge">{t('told.withdrawn')}</span>{' '}
              <small>
                {withdrawn.by} · {withdrawn.note}
              </small>
            </>
          )}
          {mayWithdraw && <a href={addressFor('told-imports', id)}>{t('told.withdraw')}</a>}
        </span>
      ),
    },
  ];
}
