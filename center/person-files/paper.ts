import type { PersonFacts } from '../../contract/records/person-file.ts';
import { inLocale, type Locale } from '../../contract/words/localized.ts';
import { ReasonCode } from '../../contract/words/reasons.ts';
import { explainOfCenter } from '../../messages/of-center.ts';
import { type PlatformKey, type PlatformTranslate, platformTranslator } from '../../messages/platform/index.ts';
import {
  A4_LONG,
  A4_SHORT,
  type Area,
  drawCode,
  drawTable,
  openSheet,
  type Page,
  type PaperTable,
  QUIET,
  roomOn,
  writeText,
} from '../paper/index.ts';

export type PersonPaper = {
  readonly facts: PersonFacts;
  /** SHA-256 of the facts, as it is signed. */
  readonly hash: string;
  /** What the QR code says: the hash, and where it is held against the facts. */
  readonly code: string;
  /** The signed file, which the paper carries. */
  readonly file: { readonly name: string; readonly text: string };
  /** Who asked for it. */
  readonly by: string;
  readonly at: Date;
  readonly language: Locale;
};

const MARGIN = 40;
const AREA: Area = { left: MARGIN, width: A4_SHORT - 2 * MARGIN, top: MARGIN, bottom: A4_LONG - MARGIN - 18 };
const QR_SIZE = 84;
const MARK = '#8a94a3';

/** One person's file on paper: the facts of the signed one, with who asked for it on each page. */
export async function drawPerson(paper: PersonPaper): Promise<Buffer> {
  const { facts, at, file, hash } = paper;
  const t = platformTranslator(paper.language);
  const parts = partsOf(t, paper);
  const title = `${t('people.paper-title')} ${facts.name}`;
  const head = [
    t('people.ending', { ending: facts.ending }),
    t('people.scope'),
    t('people.paper-check'),
    `SHA-256 ${hash}`,
  ];
  const heads = parts.flatMap(({ title: name, table }) => [name, ...table.columns.map((column) => column.title)]);
  const marks = [markOf(t, paper), t('people.paper-page', { page: 0, pages: 0 }), t('app.none')];
  const sheet = await openSheet({
    ...{ title, at, layout: 'portrait', bufferPages: true },
    texts: {
      400: [...head, ...marks, ...parts.flatMap(({ table }) => table.rows.flat()), ' 0123456789/'],
      700: [title, ...heads],
    },
  });
  const { page } = sheet;
  let y = drawHead(page, title, head, paper.code);
  for (const part of parts) y = drawPart(page, t, part, y + 12);
  markPages(page, t, paper);
  page.doc.file(Buffer.from(file.text), {
    name: file.name,
    type: 'application/json',
    creationDate: at,
    modifiedDate: at,
  });
  return sheet.end();
}

function drawHead(page: Page, title: string, lines: readonly string[], code: string): number {
  const width = AREA.width - QR_SIZE - 24;
  drawCode(page.doc, code, { x: AREA.left + AREA.width - QR_SIZE, y: AREA.top, size: QR_SIZE });
  let y = writeText(page, title, { x: AREA.left, y: AREA.top, width }, { size: 18, weight: 700 }) + 4;
  for (const line of lines) y = writeText(page, line, { x: AREA.left, y, width }, { size: 8.5, colour: QUIET });
  return Math.max(y, AREA.top + QR_SIZE + 8);
}

type Part = { readonly title: string; readonly table: PaperTable };

function drawPart(page: Page, t: PlatformTranslate, { title, table }: Part, top: number): number {
  const place = (y: number) => ({ x: AREA.left, y, width: AREA.width });
  const y = writeText(page, title, place(roomOn(page, AREA, top, 70)), { size: 12, weight: 700 });
  if (table.rows.length === 0) return writeText(page, t('app.none'), place(y), { size: 9, colour: QUIET });
  return drawTable(page, AREA, table, y + 2);
}

/** By China's clock. */
const there = (at: string | Date): string =>
  new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const day = (at: string | null): string => (at === null ? '' : there(at).slice(0, 10));

const table = (
  t: PlatformTranslate,
  columns: readonly (readonly [PlatformKey, number])[],
  rows: PaperTable['rows'],
) => ({
  ...{ columns: columns.map(([key, part]) => ({ title: t(key), part })), rows },
});

function partsOf(t: PlatformTranslate, { facts, language }: PersonPaper): readonly Part[] {
  const { firms, results, certificates } = facts;
  const names = new Map(firms.map(({ tenantId, firm }) => [tenantId, firm]));
  const bad = results.filter(({ incidents, settled }) => incidents.length > 0 || settled === 'void');
  const said = (reason: string): string => explainOfCenter(ReasonCode.parse(reason), language);
  return [
    {
      title: t('people.on-roster'),
      table: table(
        t,
        [
          ['people.firm', 60],
          ['people.since', 20],
          ['people.till', 20],
        ],
        firms.map(({ firm, from, until }) => [firm, from ?? '', until ?? t('people.here')]),
      ),
    },
    {
      title: t('people.results'),
      table: table(
        t,
        [
          ['results.exam', 34],
          ['people.firm', 26],
          ['people.when', 19],
          ['results.marks', 12],
          ['people.outcome', 12],
        ],
        results.map(({ exam, tenantId, submittedAt, marks, corrected, fullMarks, passed }) => [
          ...[inLocale(exam.title, language), names.get(tenantId) ?? '', there(submittedAt)],
          ...[`${corrected ?? marks}/${fullMarks}`, t(passed ? 'results.passed' : 'results.failed')],
        ]),
      ),
    },
    {
      title: t('people.violations'),
      table: table(
        t,
        [
          ['people.when', 20],
          ['results.exam', 30],
          ['people.what', 50],
        ],
        bad.map(({ submittedAt, exam, incidents, settled }) => [
          ...[there(submittedAt), inLocale(exam.title, language)],
          [...new Set(incidents.map(said)), ...(settled === 'void' ? [t('people.void')] : [])].join(' '),
        ]),
      ),
    },
    {
      title: t('people.certificates'),
      table: table(
        t,
        [
          ['people.certificate', 28],
          ['results.exam', 32],
          ['people.passed-on', 14],
          ['people.valid-until', 14],
          ['people.standing', 12],
        ],
        certificates.map(({ number, title, passedAt, expiresAt, standing }) => [
          ...[number, inLocale(title, language), day(passedAt)],
          ...[expiresAt === null ? t('people.no-end') : day(expiresAt), t(`standing.${standing}`)],
        ]),
      ),
    },
  ];
}

const markOf = (t: PlatformTranslate, { by, at }: PersonPaper): string => t('people.paper-mark', { by, at: there(at) });

/** Across each page who asked for it and when, and below it which page it is. */
function markPages(page: Page, t: PlatformTranslate, paper: PersonPaper): void {
  const { doc } = page;
  const { count } = doc.bufferedPageRange();
  const mark = markOf(t, paper);
  for (let at = 0; at < count; at += 1) {
    doc.switchToPage(at);
    for (const y of [A4_LONG * 0.3, A4_LONG * 0.62]) {
      doc
        .save()
        .rotate(-28, { origin: [A4_SHORT / 2, y] })
        .opacity(0.22);
      writeText(page, mark, { x: -60, y, width: A4_SHORT + 120 }, { size: 22, colour: MARK, centred: true });
      doc.restore();
    }
    const foot = { x: AREA.left, y: A4_LONG - MARGIN, width: AREA.width };
    writeText(page, `${mark}  ${t('people.paper-page', { page: at + 1, pages: count })}`, foot, {
      ...{ size: 8, colour: QUIET, centred: true },
    });
  }
}
