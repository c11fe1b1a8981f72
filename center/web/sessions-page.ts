import type { ListedPageSession } from '../../contract/people-center/operator-api.ts';
import type { PageSessionId } from '../../contract/words/ids.ts';
import { ACCESS_WORDS } from './access-words.ts';
import { type Framed, formField, framed } from './frame.ts';
import { html } from './html.ts';
import { sessionsPath } from './layout.ts';
import { chip, table } from './table.ts';
import type { RoomTime } from './time.ts';

export type SessionsView = Framed & {
  readonly sessions: readonly ListedPageSession[];
  readonly own: PageSessionId | undefined;
  readonly now: Date;
  readonly times: RoomTime;
};

/** Who is signed in at a firm's pages; each can be ended from here. */
export function sessionsPage(view: SessionsView): string {
  const { locale, sessions, own, now, times, formToken } = view;
  const t = ACCESS_WORDS[locale];
  const heads = [`${t.signedInAt} (${times.zoneAt(now, locale)})`, t.until, t.fromAddress, t.token, t.end];
  const rows = sessions.map(({ id, createdAt, expiresAt, address, token }) => ({
    cells: [
      html`<time datetime="${createdAt}">${times.format(createdAt)}</time>${id === own ? html`<br>${chip('good', t.thisOne)}` : ''}`,
      html`<time datetime="${expiresAt}">${times.format(expiresAt)}</time>`,
      html`${address}`,
      html`<small>${token}</small>`,
      html`<form method="post" action="${sessionsPath(locale)}">${formField(formToken)}<input type="hidden" name="id" value="${id}"><button class="quiet">${t.end}</button></form>`,
    ],
  }));
  const sheet = rows.length === 0 ? html`<p class="none">${t.nothing}</p>` : table(heads, rows);
  return framed('sessions', view, html`<div class="sheet">${sheet}</div>`);
}
