import type { ExamRecord } from '../../contract/records/index.ts';
import type { Locale } from '../../contract/words/localized.ts';
import type { ReasonCode } from '../../contract/words/reasons.ts';
import { translator } from '../../messages/index.ts';
import { type Html, html } from './html.ts';
import { MESSAGES } from './messages.ts';
import { inShort } from './reason-words.ts';
import type { RoomTime } from './time.ts';

/** What a proctor held against the document who let somebody in, and how the camera had looked before: each look with its scores. */
export function byHand(locale: Locale, times: RoomTime, record: ExamRecord): Html {
  const { identity, decisions } = record;
  if (identity.how !== 'overridden') return html``;
  const [t, say] = [MESSAGES[locale], translator(locale)];
  const compared = decisions.findLast(({ action }) => action === 'overridden')?.compared ?? [];
  const fields = compared.map((field) => say(`compared.${field}`)).join(locale === 'zh' ? '、' : ', ');
  const { failed = [] } = ('faces' in record && record.faces) || {};
  const looks = failed.map(
    ({ at, outcome, reason, similarity, live }) =>
      html`<li>${times.format(at)} ${outcome === 'match' && !reason ? t.verified : inShort(reason ?? (outcome as ReasonCode), locale)} <small>${t.scores(score(similarity), score(live))}</small></li>`,
  );
  return html`${fields === '' ? '' : html`<small>${t.comparedByHand(fields)}</small>`}${
    looks.length === 0
      ? ''
      : html`<details class="small"><summary>${t.failedLooks(looks.length)}</summary><ul class="kinds">${looks}</ul></details>`
  }`;
}

/** Nothing where nothing was measured. */
const score = (value: number | undefined): string => (value === undefined ? '—' : value.toFixed(2));
