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
    html`<span class="nowrap">${wordIn(t.doers, actor.kind)}</span>${actor.id ? idNote(actor.id) : ''}${actor.address ? html`<small class="nowrap">${t.fromAddress} ${actor.address}</small>` : ''}`,
    html`<span class="nowrap">${wordIn(t.deeds, what)}</span>`,
    html`<span class="nowrap">${wordIn(t.things, subject.kind)}</span>${aboutNote(t, subject)}`,
    before || after ? html`<small class="nowrap">${short(before)} → ${short(after)}</small>` : html`—`,
  ];
}

/** A newer center's word stands as it is. */
const wordIn = (words: Readonly<Record<string, string>>, word: string): string => words[word] ?? word;

/** Ids that are random or a hash are known by how they begin; all of one stands in the export. */
const idNote = (id: string): Html =>
  html`<small class="nowrap" title="${id}">${id.length > 24 ? `${id.slice(0, 16)}…` : id}</small>`;

const aboutNote = (t: AccessWords, { kind, id }: AuditLine['subject']): Html =>
  kind === 'list' && id in t.lists ? html`<small>${wordIn(t.lists, id)}</small>` : idNote(id);

const short = (hash: string | null): string => hash?.slice(0, 12) ?? '—';

function filterForm(t: AccessWords, { locale, wish }: AuditView): Html {
  const options = AUDITED.map((what) =>
    wish.what === what
      ? html`<option value="${what}" selected="selected">${wordIn(t.deeds, what)}</option>`
      : html`<option value="${what}">${wordIn(t.deeds, what)}</option>`,
  );
  return html`<form class="sheet filter" method="get" action="/audit">${locale === 'en' ? html`<input type="hidden" name="lang" value="en">` : ''}
<p><label for="what">${t.what}</label><select id="what" name="what"><option value="">${t.anything}</option>${options}</select></p>
<p><label for="about">${t.aboutLabel}</label><input id="about" name="about" value="${wish.about ?? ''}"></p>
<button class="go">${t.filter}</button></form>`;
}

function olderLink(t: AccessWords, { locale, wish, page }: AuditView): Html {
  if (page.next === null) return html``;
  const { what, about } = wish;
  const query = { ...(what ? { what } : {}), ...(about ? { about } : {}), before: String(page.next) };
  return html`<nav class="turn"><a href="${auditPath(locale, query)}">${t.older}</a></nav>`;
}
