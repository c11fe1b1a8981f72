import type { AtHome, ListedCourses, Participation } from '../../contract/people-center/operator-api.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { inLocale, type Locale } from '../../contract/words/localized.ts';
import type { Shown } from '../results/index.ts';
import { type Html, html } from './html.ts';
import { linkTo } from './layout.ts';
import type { Messages } from './messages.ts';

/** How many of those who are to study a course do, and how many are through: of each course, and of all together. */
export function coursesPart(t: Messages, { courses, people }: ListedCourses, locale: Locale): Html {
  if (courses.length === 0) return html``;
  const withHome = courses.some(({ atHome }) => atHome);
  const rows = courses.map((course) =>
    row(t, inLocale(course.title, locale), course.people, withHome ? homeCell(t, course.atHome) : ''),
  );
  const all = courses.length > 1 ? row(t, t.allCourses, people, withHome ? homeCell(t, undefined) : '') : '';
  const heads = [t.course, t.participationRate, t.completion, ...(withHome ? [t.studiedAtHome] : [])];
  return html`<section class="sheet courses"><h2>${t.courses}</h2><table role="table">
<thead role="rowgroup"><tr role="row">${heads.map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows}${all}</tbody>
</table></section>`;
}

/** Beside the two, and in neither: nobody has seen who it was. */
function homeCell(t: Messages, atHome: AtHome | undefined): Html {
  const says = atHome ? t.atHome(atHome.begun, atHome.completed) : '—';
  return html`<td role="cell" data-label="${t.studiedAtHome}"><div>${says}</div></td>`;
}

function row(t: Messages, title: string, { assigned, begun, completed }: Participation, home: Html | string): Html {
  return html`<tr role="row"><th role="rowheader" scope="row">${title}</th><td role="cell" data-label="${t.participationRate}"><div>${rate(begun, assigned)} <small>${t.participation(begun, assigned)}</small></div></td><td role="cell" data-label="${t.completion}"><div>${rate(completed, assigned)} <small>${t.completedOf(completed, assigned)}</small></div></td>${home}</tr>`;
}

const rate = (part: number, whole: number): string => (whole === 0 ? '—' : `${((part / whole) * 100).toFixed(1)} %`);

/** Of what was sat, of what was studied, or all. */
export function shownPart(t: Messages, shown: Shown, locale: Locale): Html {
  const each = [
    ['all', t.showAll],
    ['exams', t.showExams],
    ['learning', t.showLearning],
  ] as const;
  const links = each.map(([show, text]) =>
    show === shown
      ? html`<span aria-current="page">${text}</span>`
      : html`<a href="${linkTo(locale, show === 'all' ? {} : { show })}">${text}</a>`,
  );
  return html`<nav class="turn shown" aria-label="${t.shownRecords}">${links}</nav>`;
}

/** What was studied in the sitting that a record is of; nothing where something was sat. */
export const studiedIn = (record: ExamRecord) => ('learning' in record ? record.learning : undefined);

/** Minutes of presence that were credited, to a tenth. */
export function creditedMinutes({ lessons }: NonNullable<ReturnType<typeof studiedIn>>): string {
  const seconds = lessons.reduce((sum, lesson) => sum + lesson.seconds, 0);
  return (Math.round(seconds / 6) / 10).toString();
}
