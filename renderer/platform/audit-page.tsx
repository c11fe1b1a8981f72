import { useMemo } from 'react';
import { accessEndpoints, DEEDS, type ListedLine } from '../../contract/platform/access.ts';
import { instant } from '../../contract/words/ids.ts';
import { auditedWords } from '../../messages/audited.ts';
import { addressOf } from './api.ts';
import { usePlatform } from './context.tsx';
import { ChoiceFilter, Filters, MomentFilter, SearchFilter, useFilter } from './filters.tsx';
import { type Column, List } from './list.tsx';
import { OfFirm } from './of-firm.tsx';
import { momentOf } from './turn-words.ts';
import type { Firm } from './use-firm.ts';

/** What somebody types who checks the file, with the address of this center behind it. */
const VERIFY = 'exam-station audit verify audit.json --center-key KEY --log';

/** What was done at a firm, by whom and when. */
export function AuditPage() {
  return (
    <OfFirm screen="audit" heading="audit.title">
      {(firm) => <Audit firm={firm} />}
    </OfFirm>
  );
}

const DOERS = ['operator', 'visitor', 'proctor', 'administrator', 'account', 'system'] as const;

function Audit({ firm }: { readonly firm: Firm }) {
  const { t, locale } = usePlatform();
  const [what] = useFilter('what');
  const [about, setAbout] = useFilter('about');
  const [from] = useFilter('from');
  const [until] = useFilter('until');
  const words: Readonly<Record<string, string>> = auditedWords[locale];
  const asked = useMemo(() => {
    const [since, before] = [momentIn(from), momentIn(until)];
    const query = { what: what || undefined, about: about || undefined, from: since, until: before };
    return { params: { firm: firm.id }, query };
  }, [firm.id, what, about, from, until]);
  const doer = (kind: string) => {
    const known = DOERS.find((one) => one === kind);
    return known ? t(`doer.${known}`) : kind;
  };
  const columns: readonly Column<ListedLine>[] = [
    { name: 'at', title: t('audit.at'), cell: ({ at }) => momentOf(at, locale) },
    { name: 'what', title: t('audit.what'), cell: (line) => words[line.what] ?? line.what },
    {
      name: 'who',
      title: t('audit.who'),
      cell: ({ actor, name }) => (
        <span>
          {name ?? doer(actor.kind)} {actor.id && <Id id={actor.id} onPick={setAbout} />}{' '}
          <small className="muted">{actor.address}</small>
        </span>
      ),
    },
    { name: 'whom', title: t('audit.whom'), cell: ({ subject }) => <Id id={subject.id} onPick={setAbout} /> },
  ];
  return (
    <>
      <p>
        {t('audit.means')}{' '}
        <a download href={addressOf(accessEndpoints.auditFile, { params: { firm: firm.id } })}>
          {t('audit.export')}
        </a>
      </p>
      <details className="more">
        <summary>{t('audit.verify')}</summary>
        <p>{t('audit.verify-means')}</p>
        <pre>
          <code>{`${VERIFY} ${location.origin}`}</code>
        </pre>
      </details>
      <Filters>
        <ChoiceFilter
          name="what"
          label={t('audit.what')}
          choices={DEEDS.map((one) => ({ value: one, label: auditedWords[locale][one] }))}
        />
        <SearchFilter name="about" label={t('audit.about')} />
        <MomentFilter name="from" label={t('span.from')} />
        <MomentFilter name="until" label={t('span.until')} />
      </Filters>
      <List
        caption={t('audit.title')}
        endpoint={accessEndpoints.audit}
        {...{ asked, columns }}
        keyOf={({ sequence }: ListedLine) => String(sequence)}
        filtered={[what, about, from, until].some((one) => one !== '')}
      />
    </>
  );
}

const momentIn = (typed: string) => {
  const at = new Date(typed);
  return Number.isNaN(at.getTime()) ? undefined : instant(at);
};

/** An id shows all that was done with it. */
function Id({ id, onPick }: { readonly id: string; readonly onPick: (id: string) => void }) {
  const { t } = usePlatform();
  return (
    <button type="button" className="id" title={t('audit.pick')} onClick={() => onPick(id)}>
      {id.length > 24 ? `${id.slice(0, 14)}…` : id}
    </button>
  );
}
