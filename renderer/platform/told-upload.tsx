import { useCallback, useState } from 'react';
import { organisationEndpoints } from '../../contract/platform/organisations.ts';
import {
  TELL_RESULTS,
  TOLD_SOURCES,
  type ToldFile,
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
/** All that was looked at, as it was chosen then: that and nothing else is taken over. */
type Looked = { readonly asked: ToldFile; readonly report: ToldReport };

type Choices = { readonly [K in 'organisationId' | 'vendorId' | 'source']: ToldFile[K] | undefined };
const isOf = (asked: ToldFile, chosen: Choices): boolean =>
  asked.organisationId === chosen.organisationId &&
  asked.vendorId === chosen.vendorId &&
  asked.source === chosen.source;

/** Results of a vendor as a file: looked at row by row, and then taken over. */
export function ToldUpload({ onDone }: { readonly onDone: () => void }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const vendors = useVendors();
  const { places, search, setSearch } = usePlacesToTell();
  const [place, setPlace] = useState('');
  const [vendor, setVendor] = useState('');
  const [source, setSource] = useState<ToldSource>('csv');
  const [looked, setLooked] = useState<Looked>();
  const send = (asked: ToldFile) =>
    run(async () => {
      setLooked({ asked, report: await ask(toldResultEndpoints.importFile, { body: asked }) });
      if (!asked.dryRun) onDone();
    });
  const organisationId = OrganisationId.safeParse(place || places[0]?.value).data;
  const vendorId = OrganisationId.safeParse(vendor || vendors[0]?.value).data;
  const look = (file: Chosen) => {
    if (organisationId && vendorId) return send({ organisationId, vendorId, source, ...file, dryRun: true });
    return run(() => Promise.reject(new Refusal('organisation-unknown')));
  };
  const choose = async ([file]: readonly File[]) => {
    if (!file) return;
    setLooked(undefined);
    await look({ name: file.name.slice(-200), file: await base64Of(file) });
  };
  // What was looked at is of what was chosen then, also where that changed while the center looked.
  const current = looked && isOf(looked.asked, { organisationId, vendorId, source }) ? looked : undefined;
  const searchAnew = (text: string) => {
    setPlace('');
    setLooked(undefined);
    setSearch?.(text);
  };
  const toAdd = current && !current.report.applied ? current.report.counts.added : 0;
  if (vendors.length === 0) return <p className="muted">{t('told.no-vendors')}</p>;
  return (
    <section className="part" aria-labelledby="told-upload">
      <h2 id="told-upload">{t('told.bring')}</h2>
      <p className="muted">{t(`told.source-means.${source}`)}</p>
      <div className="fields">
        {setSearch && (
          <TextField type="search" name="find-firm" label={t('told.find-firm')} value={search} onChange={searchAnew} />
        )}
        <ChoiceField name="place" label={t('told.place')} value={place} onChange={setPlace} choices={places} />
        <ChoiceField name="vendor" label={t('told.vendor')} value={vendor} onChange={setVendor} choices={vendors} />
        <ChoiceField
          name="source"
          label={t('told.source')}
          value={source}
          onChange={(value) => setSource(TOLD_SOURCES.find((one) => one === value) ?? 'csv')}
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
      {current && <ToldReportTable report={current.report} file={current.asked.name} />}
      {current && toAdd > 0 && (
        <div>
          <Button
            look="primary"
            action="take-told"
            disabled={busy}
            onPress={() => send({ ...current.asked, dryRun: false })}
          >
            {t('told.take', { count: toAdd })}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Whose results somebody may bring: their own; of a bureau, all below it, or one firm that is current for. */
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
