import { AUDITED, type AuditLine, type AuditPage, type AuditWish } from '../../contract/people-center/audit.ts';
import { ACCESS_WORDS, type AccessWords } from './access-words.ts';
import { type Framed, framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { auditExportPath, auditPath } from './layout.ts';
import { table } from './table.ts';
import type { RoomTime } from './time.ts';

export type AuditView = Framed & {
  readonly wish: AuditWish;
  readonly page: AuditPage;
  readonly now: Date;
  readonly times: RoomTime;
};

/** What was done in a firm, the newest first. */
export function auditLogPage(view: AuditView): string {
  const { locale, page, times, now } = view;
  const t = ACCESS_WORDS[locale];
  const heads = [`${t.when} (${times.zoneAt(now, locale)})`, t.who, t.what, t.about, t.changed];
  const rows = page.lines.map((line) => ({ cells: cellsOf(t, times, line) }));
  return framed(
    'audit',
    view,
    html`<p>${t.auditHint} <a href="${auditExportPath}" download>${t.exportAudit}</a></p>
${filterForm(t, view)}
<div class="sheet">${rows.length === 0 ? html`<p class="none">${t.nothing}</p>` : table(heads, rows)}</div>
${olderLink(t, view)}`,
  );
}

function cellsOf(t: AccessWords, times: RoomTime, { at, actor, what, subject, before, after }: AuditLine): Html[] {
  return [
    html`<time datetime="${at}">${times.format(at)}</time>`,
    html`${actor.kind}${actor.id ? html`<small>${actor.id}</small>` : ''}${actor.address ? html`<small>${t.fromAddress} ${actor.address}</small>` : ''}`,
    html`${deedIn(t, what)}`,
    html`${subject.kind}<small>${subject.id}</small>`,
    before || after ? html`<small>${short(before)} → ${short(after)}</small>` : html`—`,
  ];
}

const deedIn = ({ deeds }: AccessWords, what: string): string =>
  (deeds as Readonly<Record<string, string>>)[what] ?? what;

const short = (hash: string | null): string => hash?.slice(0, 12) ?? '—';

function filterForm(t: AccessWords, { locale, wish }: AuditView): Html {
  const options = AUDITED.map((what) =>
    wish.what === what
      ? html`<option value="${what}" selected="selected">${deedIn(t, what)}</option>`
      : html`<option value="${what}">${deedIn(t, what)}</option>`,
  );
  return html`<form method="get" action="/audit">${locale === 'en' ? html`<input type="hidden" name="lang" value="en">` : ''}
<label for="what">${t.what}</label> <select id="what" name="what"><option value="">${t.anything}</option>${options}</select>
<label for="about">${t.aboutLabel}</label> <input id="about" name="about" value="${wish.about ?? ''}">
<button>${t.filter}</button></form>`;
}

function olderLink(t: AccessWords, { locale, wish, page }: AuditView): Html {
  if (page.next === null) return html``;
  const { what, about } = wish;
  const query = { ...(what ? { what } : {}), ...(about ? { about } : {}), before: String(page.next) };
  return html`<nav class="turn"><a href="${auditPath(locale, query)}">${t.older}</a></nav>`;
}
