import type { CertificateFacts } from '../../../contract/records/certificates.ts';
import {
  A4_LONG,
  A4_SHORT,
  drawCode as drawQr,
  openSheet,
  type Page,
  type Place,
  QUIET,
  writeText as write,
} from '../../paper/index.ts';
import { PAPER_WORDS as WORDS } from './words.ts';

export type Paper = {
  readonly facts: CertificateFacts;
  /** What the QR code says. */
  readonly code: string;
  /** A day in the zone of the rooms: `2026-03-05`. */
  day(at: string): string;
  readonly logName: string;
  readonly now: Date;
};

/** A4 on its side, in points. */
const [WIDTH, HEIGHT, MARGIN] = [A4_LONG, A4_SHORT, 56];
const INSIDE = WIDTH - 2 * MARGIN;
const LINE = '#1f5fae';
const QR_SIZE = 150;

/** A certificate as a PDF of one page, with the characters of its texts alone. */
export async function drawCertificate(paper: Paper): Promise<Buffer> {
  const { facts, now } = paper;
  const sheet = await openSheet({
    ...{ title: `${WORDS.title[0]} ${facts.number}`, author: facts.firm, at: now, layout: 'landscape' },
    texts: { 400: textsOf(paper), 700: [facts.name, facts.title.zh, ...WORDS.title] },
  });
  drawAll(sheet.page, paper);
  return sheet.end();
}

const rowsOf = ({ facts, day, logName }: Paper): readonly (readonly [readonly [string, string], string])[] => [
  [WORDS.document, `•••• ${facts.ending}`],
  [WORDS.firm, facts.firm],
  [WORDS.passedAt, day(facts.passedAt)],
  [WORDS.expiresAt, facts.expiresAt ? day(facts.expiresAt) : WORDS.never.join(' · ')],
  [WORDS.number, facts.number],
  [WORDS.log, `${logName} · ${facts.logIndex}`],
];

const textsOf = (paper: Paper): readonly string[] => [
  ...Object.values(WORDS).flat(),
  ...rowsOf(paper).flatMap(([label, value]) => [...label, value]),
  paper.facts.title.en ?? '',
  ' ',
];

function drawAll(page: Page, paper: Paper): void {
  const { doc } = page;
  const { facts } = paper;
  doc
    .rect(24, 24, WIDTH - 48, HEIGHT - 48)
    .lineWidth(2.5)
    .stroke(LINE);
  doc
    .rect(30, 30, WIDTH - 60, HEIGHT - 60)
    .lineWidth(0.6)
    .stroke(LINE);
  const middle = (y: number): Place => ({ x: MARGIN, y, width: INSIDE });
  write(page, WORDS.title[0], middle(58), { size: 34, weight: 700, centred: true, colour: LINE });
  write(page, WORDS.title[1], middle(106), { size: 13, centred: true, colour: QUIET });
  write(page, WORDS.certifies.join('  '), middle(142), { size: 11, centred: true, colour: QUIET });
  const below = write(page, facts.name, middle(162), { size: 28, weight: 700, centred: true });
  write(page, WORDS.passed[0], middle(below + 4), { size: 12, centred: true });
  write(page, WORDS.passed[1], middle(below + 22), { size: 9.5, centred: true, colour: QUIET });
  const title = write(page, facts.title.zh, middle(below + 42), { size: 21, weight: 700, centred: true });
  if (facts.title.en) write(page, facts.title.en, middle(title), { size: 11, centred: true, colour: QUIET });
  drawRows(page, paper, 336);
  drawCode(page, paper.code);
  const foot = { x: MARGIN, y: HEIGHT - 76, width: INSIDE };
  const next = write(page, WORDS.offline[0], foot, { size: 8, colour: QUIET });
  write(page, WORDS.offline[1], { ...foot, y: next }, { size: 8, colour: QUIET });
}

function drawRows(page: Page, paper: Paper, top: number): void {
  let y = top;
  for (const [[zh, en], value] of rowsOf(paper)) {
    write(page, zh, { x: MARGIN + 10, y, width: 100 }, { size: 10.5, colour: QUIET });
    write(page, en, { x: MARGIN + 110, y: y + 1.5, width: 110 }, { size: 8.5, colour: QUIET });
    const end = write(page, value, { x: MARGIN + 220, y, width: INSIDE - 220 - QR_SIZE - 40 }, { size: 11 });
    y = Math.max(y + 26, end + 8);
  }
}

/** With four quiet modules around it, on white. */
function drawCode({ doc, fonts }: Page, code: string): void {
  const [left, top] = [WIDTH - MARGIN - QR_SIZE - 4, 336];
  drawQr(doc, code, { x: left, y: top, size: QR_SIZE });
  const place = { x: left, y: top + QR_SIZE + 6, width: QR_SIZE };
  write({ doc, fonts }, WORDS.scan.join(' '), place, { size: 8, centred: true, colour: QUIET });
}
