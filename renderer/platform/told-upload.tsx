import { useCallback, useState } from 'react';
import { organisationEndpoints } from '../../contract/platform/organisations.ts';
import {
  TELL_RESULTS,
  TOLD_SOURCES,
  type ToldReport,
  type ToldSource,
  toldResultEndpoints,
} from '../../contract/platform/told-results.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { type Choice, ChoiceField, TextField } from './fields.tsx';
import { FileField } from './file-field.tsx';
import { base64Of } from './files.ts';
import { Problem } from './problem.tsx';
import { ToldReportTable } from './told-report.tsx';
import { useDeed } from './use-deed.ts';
import { useVendors } from './use-vendors.ts';

const ACCEPTED: Readonly<Record<ToldSource, string>> = { csv: '.csv,.xlsx', xapi: '.json', batch: '.json' };
type Chosen = { readonly name: string; readonly file: string };

/** Results of a vendor as a file: looked at row by row, and then taken over. */
export function ToldUpload({ onDone }: { readonly onDone: () => void }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const vendors = useVendors();
  const { places, search, setSearch } = usePlacesToTell();
  const [place, setPlace] = useState('');
  const [vendor, setVendor] = useState('');
  const [source, setSource] = useState<ToldSource>('csv');
  const [chosen, setChosen] = useState<Chosen>();
  const [report, setReport] = useState<ToldReport>();
  const send = (file: Chosen, dryRun: boolean) =>
    run(async () => {
      const organisationId = OrganisationId.safeParse(place || places[0]?.value).data;
      const vendorId = OrganisationId.safeParse(vendor || vendors[0]?.value).data;
      if (!organisationId || !vendorId) throw new Refusal('organisation-unknown');
      const body = { organisationId, vendorId, source, ...file, dryRun };
      setReport(await ask(toldResultEndpoints.importFile, { body }));
      if (!dryRun) onDone();
    });
  const choose = async ([file]: readonly File[]) => {
    if (!file) return;
    const next = { name: file.name.slice(-200), file: await base64Of(file) };
    setReport(undefined);
    setChosen(next);
    await send(next, true);
  };
  // What was looked at is of what was chosen then.
  const anew = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      setReport(undefined);
    };
  };
  const toAdd = report && !report.applied ? report.counts.added : 0;
  if (vendors.length === 0) return <p className="muted">{t('told.no-vendors')}</p>;
  return (
    <section className="part" aria-labelledby="told-upload">
      <h2 id="told-upload">{t('told.bring')}</h2>
      <p className="muted">{t(`told.source-means.${source}`)}</p>
      <div className="fields">
        {setSearch && (
          <TextField type="search" name="find-firm" label={t('told.find-firm')} value={search} onChange={setSearch} />
        )}
        <ChoiceField name="place" label={t('told.place')} value={place} onChange={anew(setPlace)} choices={places} />
        <ChoiceField
          name="vendor"
          label={t('told.vendor')}
          value={vendor}
          onChange={anew(setVendor)}
          choices={vendors}
        />
        <ChoiceField
          name="source"
          label={t('told.source')}
          value={source}
          onChange={anew((value) => setSource(TOLD_SOURCES.find((one) => one === value) ?? 'csv'))}
          choices={TOLD_SOURCES.map((one) => ({ value: one, label: t(`told.source.${one}`) }))}
        />
        <FileField
          name="told"
          label={t('told.file')}
          hint={t('told.file-hint')}
          accept={ACCEPTED[source]}
          disabled={busy}
          onFiles={choose}
        />
      </div>
      <p role="status">{busy && t('roster.reading')}</p>
      <Problem {...problem} />
      {report && <ToldReportTable report={report} file={chosen?.name ?? ''} />}
      {chosen && toAdd > 0 && (
        <div>
          <Button look="primary" action="take-told" disabled={busy} onPress={() => send(chosen, false)}>
            {t('told.take', { count: toAdd })}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Whose results somebody may bring: their own; of a bureau, all below it, or one firm that is looked for. */
function usePlacesToTell() {
  const { ask, me } = usePlatform();
  const [search, setSearch] = useState('');
  const held = (me?.roles ?? []).filter(({ role }) => TELL_RESULTS.some((one) => one === role));
  const supervises = held.some(({ role }) => role === 'bureau');
  const typed = search.trim();
  const load = useCallback(async () => {
    if (!supervises || typed === '') return [];
    const { rows } = await ask(organisationEndpoints.list, { query: { kind: 'firm', search: typed, size: 20 } });
    return rows.map(({ id, name }): Choice => ({ value: id, label: name }));
  }, [ask, supervises, typed]);
  const { value = [] } = useLoaded(load);
  const own = held.map(({ organisationId, organisation }): Choice => ({ value: organisationId, label: organisation }));
  return { places: [...value, ...own], search, setSearch: supervises ? setSearch : undefined };
}
