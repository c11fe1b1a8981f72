import { renderSVG } from 'uqr';
import type { HomeAccess } from '../../contract/people-center/operator-api.ts';
import { maskIdNumber } from '../../contract/words/id-number.ts';
import { instant } from '../../contract/words/ids.ts';
import type { Locale } from '../../contract/words/localized.ts';
import type { Invited } from '../home/index.ts';
import type { Candidate } from '../people/index.ts';
import { type Framed, formField, framed } from './frame.ts';
import { Html, html } from './html.ts';
import { homeEndPath, homeInvitePath, homePagePath } from './layout.ts';
import { MESSAGES, type Messages } from './messages.ts';
import { chip, table } from './table.ts';
import type { RoomTime } from './time.ts';

export type HomePage = Framed & {
  readonly candidates: readonly Pick<Candidate, 'name' | 'number'>[];
  readonly access: readonly HomeAccess[];
  /** What was looked for: part of a name or of a number. */
  readonly wanted: string;
  readonly now: Date;
  readonly times: RoomTime;
};

/** So many of a roster are listed; who else is there is looked for. */
const MOST = 50;

/** Who may learn at home, and where somebody is invited. */
export function homePage(view: HomePage): string {
  const { locale, wanted } = view;
  const t = MESSAGES[locale];
  const { listed, left } = listedOf(view);
  const content = html`<section class="sheet at-home">
<p>${t.homeHint}</p>
<form method="get" action="/at-home" role="search">
${locale === 'en' ? html`<input type="hidden" name="lang" value="en">` : ''}
<label for="wanted">${t.homeSearch}</label>
<div class="beside"><input id="wanted" name="q" type="search" value="${wanted}" autocomplete="off"><button class="go">${t.search}</button></div>
</form>
</section>
<div class="sheet">${listed.length === 0 ? html`<p class="none">${t.nobodyFound}</p>` : list(t, view, listed)}</div>
${left > 0 ? html`<p class="small">${t.moreOnRoster(left)}</p>` : ''}`;
  return framed('home', view, content);
}

type Listed = { readonly name: string; readonly number: string; readonly access?: HomeAccess | undefined };

/** Whoever is invited or signed in comes first. */
function listedOf({ candidates, access, wanted }: HomePage): {
  readonly listed: readonly Listed[];
  readonly left: number;
} {
  const of = new Map(access.map((one) => [one.number, one]));
  const asked = wanted.trim().toUpperCase();
  const found = candidates
    .filter(({ name, number }) => asked === '' || name.toUpperCase().includes(asked) || number.includes(asked))
    .map(({ name, number }): Listed => ({ name, number, access: of.get(number) }))
    .toSorted((a, b) => Number(b.access !== undefined) - Number(a.access !== undefined));
  return { listed: found.slice(0, MOST), left: Math.max(0, found.length - MOST) };
}

function list(t: Messages, view: HomePage, listed: readonly Listed[]): Html {
  const rows = listed.map(({ name, number, access }) => ({
    cells: [
      html`${name}<small class="nowrap">${maskIdNumber(number)}</small>`,
      stateOf(t, view, access),
      html`<div class="acts">${act(view, homeInvitePath, number, t.invite(name), t.inviteShort)}${
        access ? act(view, homeEndPath, number, t.endHome(name), t.endHomeShort) : ''
      }</div>`,
    ],
  }));
  return table([t.candidate, t.homeState, t.homeActs], rows);
}

/** A number stands in a form's body: in no address, no history and no log. */
const act = (
  { locale, formToken }: Framed,
  path: (locale: Locale) => string,
  number: string,
  label: string,
  short: string,
): Html =>
  html`<form method="post" action="${path(locale)}">${formField(formToken)}<input type="hidden" name="number" value="${number}"><button class="quiet" aria-label="${label}">${short}</button></form>`;

function stateOf(t: Messages, { times }: HomePage, access: HomeAccess | undefined): Html {
  if (!access) return html`<span class="soft">${t.notInvited}</span>`;
  const { devices, invitedUntil, seenAt } = access;
  const signedIn =
    devices > 0
      ? html`${chip('good', t.signedIn(devices))}<small>${seenAt ? t.lastThere(times.format(seenAt)) : ''}</small>`
      : '';
  const invited = invitedUntil
    ? html`${chip('note', t.invited)}<small>${t.until(times.format(invitedUntil))}</small>`
    : '';
  return html`${signedIn}${invited}`;
}

export type InvitationPage = Framed & {
  readonly invited: Invited;
  /** The whole address that the code holds. */
  readonly address: string;
  readonly now: Date;
  readonly times: RoomTime;
};

/** A personal invitation, to be photographed or printed. It is shown this once: only its hash is kept. */
export function invitationPage(view: InvitationPage): string {
  const { locale, invited, address, now, times } = view;
  const t = MESSAGES[locale];
  const { name, expiresAt } = invited;
  const until = `${times.format(instant(expiresAt))} ${times.zoneAt(now, locale)}`;
  // Drawn out of digits and capitals that this program made, never out of what somebody typed.
  const code = new Html(renderSVG(address, { ecc: 'M', border: 4 }));
  const content = html`<section class="sheet invitation">
<h2>${t.invitationFor(name)}</h2>
<div class="code" role="img" aria-label="${t.invitationCode}">${code}</div>
<p>${t.invitationHow}</p>
<p class="address">${address}</p>
<p class="small">${t.invitationOnce(until)}</p>
</section>
<p class="turn"><a class="quiet" href="${homePagePath(locale)}">${t.backToHome}</a></p>`;
  return framed('home', view, content);
}
