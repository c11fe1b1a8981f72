import type { OwnAppeal, OwnCorrection } from '../../contract/home/own-file.ts';
import { APPEAL_GROUNDS, type AppealGround, MOST_ADDED } from '../../contract/words/appeal-words.ts';
import type { Instant } from '../../contract/words/ids.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { WORKER_WORDS } from '../../messages/worker/index.ts';
import { type Html, html } from './html.ts';

/** What was filled in and not taken, and why. */
export type AppealForm = {
  readonly wrong?: string | undefined;
  readonly filled?: { readonly ground?: AppealGround | undefined; readonly text: string };
};

export type AppealsView = {
  readonly locale: Locale;
  readonly appeals: readonly OwnAppeal[];
  /** What counts where one was upheld. */
  readonly correction: OwnCorrection | null;
  readonly form: AppealForm;
  readonly day: (at: Instant) => string;
};

/** How far appeals against a result are, and the form for another one while none waits. */
export function receiptAppeals({ locale, appeals, correction, form, day }: AppealsView): Html {
  const t = WORKER_WORDS[locale];
  const waits = appeals.some(({ state }) => state === 'open');
  return html`<section class="appeals" id="appeal">
<h2>${t('appeal.title')}</h2>
${appeals.map((one) => appealNote(one, locale, correction, day))}
${waits ? wrongNote(form) : appealForm(locale, form)}
</section>`;
}

const wrongNote = ({ wrong }: AppealForm): Html | string =>
  wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : '';

const LOOKS = { open: 'note', upheld: 'good', rejected: 'bad' } as const;

function appealNote(
  { by, madeAt, state, decided }: OwnAppeal,
  locale: Locale,
  correction: OwnCorrection | null,
  day: (at: Instant) => string,
): Html {
  const t = WORKER_WORDS[locale];
  const marks = state === 'upheld' && correction ? ` ${t('appeal.upheld-marks', { marks: correction.marks })}` : '';
  return html`<p class="chip ${LOOKS[state]}">${t(`appeal.state.${state}`)}${marks}</p>
<p>${t(by === 'firm' ? 'appeal.by.firm' : 'appeal.by.oneself')} <small>${t('appeal.made', { day: day(madeAt) })}</small></p>
${decided ? html`<p>${t('appeal.answer', { note: decided.note })}</p>` : html`<p>${t('appeal.how')}</p>`}
`;
}

/** Sent to the address it stands at: the receipt in that is what entitles to it. */
function appealForm(locale: Locale, { wrong, filled }: AppealForm): Html {
  const t = WORKER_WORDS[locale];
  const choice = (ground: AppealGround): Html => {
    const button =
      filled?.ground === ground
        ? html`<input type="radio" name="ground" value="${ground}" required checked>`
        : html`<input type="radio" name="ground" value="${ground}" required>`;
    return html`<label>${button}<span>${t(`appeal.ground.${ground}`)}</span></label>\n`;
  };
  return html`${wrong ? html`<details open>` : html`<details>`}
<summary>${t('appeal.begin')}</summary>
<form method="post" action="?lang=${locale}#appeal">
${wrongNote({ wrong })}
<p>${t('appeal.how')}</p>
<fieldset><legend>${t('appeal.why')}</legend>
${APPEAL_GROUNDS.map(choice)}</fieldset>
<label for="text">${t('appeal.more')}</label>
<textarea id="text" name="text" rows="4" maxlength="${MOST_ADDED}" aria-describedby="more">${filled?.text ?? ''}</textarea>
<small id="more">${t('appeal.more-hint')}</small>
<button class="go">${t('appeal.send')}</button>
</form>
</details>`;
}
