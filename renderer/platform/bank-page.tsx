import { useCallback, useState } from 'react';
import { bankEndpoints, type ItemReport } from '../../contract/platform/banks.ts';
import { BankId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { platformRegion } from '../../messages/platform/index.ts';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { ChoiceField } from './fields.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import type { Firm } from './use-firm.ts';

const FLAGS = ['check-key', 'low-discrimination', 'too-hard', 'too-easy', 'idle-option', 'too-few'] as const;
const TONES = { 'check-key': 'bad', 'too-few': '' } as Readonly<Record<string, string>>;

/** What the answers say of the questions of a bank. */
export function BankPage({ id }: { readonly id: string }) {
  return (
    <OfFirm screen="bank" heading="bank.statistics">
      {(firm) => <Statistics firm={firm} id={id} />}
    </OfFirm>
  );
}

function Statistics({ firm, id }: { readonly firm: Firm; readonly id: string }) {
  const { t, ask, locale } = usePlatform();
  const load = useCallback(async () => {
    const { data } = BankId.safeParse(id);
    if (!data) throw new Refusal('item-unknown');
    return ask(bankEndpoints.statistics, { params: { firm: firm.id, id: data } });
  }, [ask, firm.id, id]);
  const { value, refused } = useLoaded(load);
  const [flag, setFlag] = useState('');
  const shown = value?.items.filter(({ flags }) => !flag || flags.some((one) => one === flag)) ?? [];
  const number = new Intl.NumberFormat(platformRegion(locale), { maximumFractionDigits: 2 });
  return (
    <>
      <a href={firm.address('banks')}>{t('banks.title')}</a>
      <Problem refused={refused} />
      {!value && !refused && <p>{t('app.loading')}</p>}
      {value && (
        <>
          <p>{t('bank.in-short', { sittings: value.sittings, asked: value.asked, items: value.bankItems })}</p>
          <p className="muted">
            {value.reliability
              ? t('bank.reliability', {
                  ...{ value: number.format(value.reliability.value), candidates: value.reliability.candidates },
                })
              : t('bank.no-reliability')}
          </p>
          <details className="more">
            <summary>{t('bank.how-to-read')}</summary>
            <ul>
              {FLAGS.map((one) => (
                <li key={one}>
                  <strong>{t(`flag.${one}`)}</strong> {t(`flag-means.${one}`)}
                </li>
              ))}
            </ul>
          </details>
          {value.items.length > 0 && (
            <ChoiceField
              name="flag"
              label={t('bank.flag')}
              value={flag}
              onChange={setFlag}
              choices={[
                { value: '', label: t('list.all') },
                ...FLAGS.map((one) => ({ value: one, label: t(`flag.${one}`) })),
              ]}
            />
          )}
          {shown.length === 0 ? (
            <p className="empty">{t(flag ? 'list.nothing-found' : 'bank.none')}</p>
          ) : (
            <ul className="rows boxed">
              {shown.map((item) => (
                <Item key={item.itemId} item={item} />
              ))}
            </ul>
          )}
          {value.asked > value.items.length && (
            <p className="muted">{t('bank.more', { shown: value.items.length, asked: value.asked })}</p>
          )}
        </>
      )}
    </>
  );
}

function Item({ item }: { readonly item: ItemReport['items'][number] }) {
  const { t, locale } = usePlatform();
  const { stem, kind, n, p, rpb, flags, options, place, blank } = item;
  const region = platformRegion(locale);
  const part = new Intl.NumberFormat(region, { style: 'percent', maximumFractionDigits: 0 });
  const number = new Intl.NumberFormat(region, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return (
    <li data-item={item.itemId}>
      <span className="part">
        <span>
          {place}. {stem} <small className="muted">{t(`item-kind.${kind}`)}</small>
        </span>
        <small className="muted">
          {t('bank.figures', { n, p: part.format(p), rpb: rpb === null ? '–' : number.format(rpb), blank })}
        </small>
        {options.length > 0 && (
          <ul className="tallies">
            {options.map(({ text, right, chosen }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: options stay where they are
              <li key={at} className={right ? 'badge good' : 'badge'}>
                {right && <span aria-hidden="true">✓ </span>}
                {text || at + 1} · {t('bank.chosen', { chosen })}
              </li>
            ))}
          </ul>
        )}
      </span>
      <span className="deeds">
        {flags.map((flag) => (
          <span key={flag} className={`badge ${TONES[flag] ?? 'warn'}`}>
            {t(`flag.${flag}`)}
          </span>
        ))}
      </span>
    </li>
  );
}
