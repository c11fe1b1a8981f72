import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { readBlueprint } from '../../authoring/blueprints/index.ts';
import { countPages } from '../../authoring/course-folder/look-apart.ts';
import { readCourseFile } from '../../authoring/courses/index.ts';
import { importBank } from '../../authoring/import/index.ts';
import { batchOf, enrolStation, openTestCenter, recordOf, type TestCenter } from '../../center/testing/index.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { generateSigningKey, openSigner } from '../../proof/index.ts';
import { openLogClient } from '../../station/center-link/log-client.ts';
import type { Attack, Seen } from './attack.ts';

/** Each of these must be refused for a reason that it names; one that is taken is open. */
function allRefused(came: Readonly<Record<string, string | undefined>>): Seen {
  const taken = Object.entries(came).filter(([, reason]) => reason === undefined);
  const said = Object.entries(came).map(([what, reason]) => `${what}: ${reason ?? 'taken'}`);
  return { outcome: taken.length === 0 ? 'prevented' : 'open', said: said.join('; ') };
}

const reasonFrom = (read: Promise<unknown>): Promise<string | undefined> =>
  read.then(
    () => undefined,
    (error: unknown) => (error instanceof Refusal ? error.reason : undefined),
  );

async function atCenter(replay: (center: TestCenter) => Promise<Seen>): Promise<Seen> {
  const center = await openTestCenter();
  try {
    return await replay(center);
  } finally {
    await center.close();
  }
}

const [SIDE, DOT] = [30_000, { create: { width: 8, height: 8, channels: 3 as const, background: '#456' } }];

/** A picture of 8 by 8 that says it is one of 30,000 by 30,000: whoever decodes it makes room for that first. */
async function pixelBombs(): Promise<{ readonly png: Buffer; readonly jpeg: Buffer }> {
  const [png, jpeg] = [await sharp(DOT).png().toBuffer(), await sharp(DOT).jpeg().toBuffer()];
  for (const at of [16, 20]) png.writeUInt32BE(SIDE, at);
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  for (const at of [5, 7]) jpeg.writeUInt16BE(SIDE, frame + at);
  return { png, jpeg };
}

const nested = (deep: number): unknown => JSON.parse('['.repeat(deep) + ']'.repeat(deep));

const LAUGHS = ['a: &a [x,x,x,x,x,x,x,x,x]', ...[...'bcdefghi'].map(laugh)].join('\n');
function laugh(name: string, at: number): string {
  return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[at]}`).join(',')}]`;
}

function workbookOf(rows: string): Uint8Array {
  const files = {
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
}

/** Pages in pages: each level holds the next one ten times, and the last a page. */
function pageTree(levels: number): string {
  const below = (at: number): string => `<</Type/Pages/Count (x)/Kids[${`${at + 3} 0 R `.repeat(10)}]>>`;
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', ...Array.from({ length: levels }, (_, at) => below(at))];
  const written = [...objects, '<</Type/Page/MediaBox[0 0 9 9]>>'].map(
    (one, at) => `${at + 1} 0 obj\n${one}\nendobj\n`,
  );
  return `%PDF-1.7\n${written.join('')}trailer<</Size ${levels + 3}/Root 1 0 R>>\n%%EOF`;
}

/** What came of asking somebody who answers without an end, and how many bytes they got rid of. */
async function askedEndless(): Promise<{ readonly reason: string | undefined; readonly megabytes: number }> {
  let sent = 0;
  const piece = Buffer.alloc(1 << 20, '[');
  const server = createServer((_, reply) => {
    const send = (): void => {
      do sent += piece.length;
      while (reply.write(piece) && sent < 1_000_000_000);
    };
    reply.on('drain', send);
    send();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { publicKey } = openSigner(generateSigningKey());
  try {
    const reason = await reasonFrom(openLogClient(`http://127.0.0.1:${port}`, () => publicKey).newest());
    return { reason, megabytes: Math.round(sent / 1_000_000) };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Small things that are taken in, and what they would become. */
export const attacksByWhatFilesBecome: readonly Attack[] = [
  {
    name: 'picture-of-a-billion-pixels',
    about: 'files',
    attacker: 'firm',
    does: 'hands in a photo and a picture of a question, of a few hundred bytes, that say they have 900 million pixels',
    outcome: 'prevented',
    told: ['photo-unreadable', 'picture-unreadable'],
    by: 'the center reads how large a picture says that it is, without decoding it; stations, which decode, hold the same limit again',
    replay: () =>
      atCenter(async ({ app, secrets }) => {
        const { png, jpeg } = await pixelBombs();
        const headers = { authorization: `Bearer ${secrets.operatorToken}` };
        const who = { id: 'cd_pixels', name: '甲', number: '11010519491231002X', examId: 'ex_demo' };
        const candidate = { ...who, photos: [jpeg.toString('base64')] };
        const photo = await app.inject({ method: 'PUT', url: operatorPaths.candidates, headers, payload: candidate });
        const headersOfBytes = { ...headers, 'content-type': 'image/png' };
        const picture = await app.inject({
          ...{ method: 'POST', url: operatorPaths.pictures, headers: headersOfBytes, payload: png },
        });
        return allRefused({
          photo: photo.json<{ reason?: string }>().reason,
          picture: picture.json<{ reason?: string }>().reason,
        });
      }),
  },
  {
    name: 'batch-nested-without-end',
    about: 'files',
    attacker: 'thief of a key',
    does: 'sends the center batches signed with a station’s key: one nested two thousand deep, one whose record has a million decisions, one of ten thousand records that are none',
    outcome: 'prevented',
    told: ['bad-message'],
    by: 'the center counts what is in a body before it looks what is wrong with it, and stops at the first record that is none',
    replay: () =>
      atCenter(async ({ app, secrets }) => {
        const station = await enrolStation(app, secrets.enrolmentCode);
        const sound = JSON.parse(JSON.stringify(await batchOf(station, [recordOf(station)])));
        const [record] = sound.records;
        const send = async (records: readonly unknown[]): Promise<string | undefined> =>
          (await station.call('POST', paths.batches, { ...sound, records })).json<{ reason?: string }>().reason;
        return allRefused({
          nested: await send([{ ...record, decisions: nested(2_000) }]),
          'a million decisions': await send([{ ...record, decisions: new Array(1_000_000).fill({}) }]),
          'records that are none': await send(new Array(10_000).fill({ format: 'exam-station/record@9' })),
        });
      }),
  },
  {
    name: 'yaml-of-a-billion-laughs',
    about: 'files',
    attacker: 'firm',
    does: 'hands in a blueprint and a course of nine lines, whose aliases stand for 400 million words, and one that names itself',
    outcome: 'prevented',
    told: ['blueprint-unreadable', 'course-unreadable'],
    by: 'aliases are counted, and what they stand for is counted again before anybody looks at it',
    async replay() {
      const course = readCourseFile(LAUGHS);
      return allRefused({
        blueprint: await reasonFrom(readBlueprint(Buffer.from(LAUGHS), 'a.yaml')),
        itself: await reasonFrom(readBlueprint(Buffer.from('rows: &a [*a]'), 'a.yaml')),
        course: course.ok ? undefined : course.reason,
      });
    },
  },
  {
    name: 'workbook-of-nothing',
    about: 'files',
    attacker: 'firm',
    does: 'hands in workbooks of less than 60 KB: a cell in the millionth column, and a million rows with one cell far out, which are four gigabytes of nothing',
    outcome: 'prevented',
    told: ['not-a-workbook'],
    by: 'cells are counted as they are unpacked, a few thousand rows at a time',
    async replay() {
      return allRefused({
        columns: await reasonFrom(importBank(workbookOf('<row><c r="BDWGN1"/></row>'), 'a.xlsx')),
        rows: await reasonFrom(importBank(workbookOf('<row><c r="SR1"/></row>'.repeat(1_000_000)), 'a.xlsx')),
      });
    },
  },
  {
    name: 'document-of-endless-pages',
    about: 'files',
    attacker: 'firm',
    does: 'hands in a PDF of two kilobytes whose tree of pages has ten million million of them',
    outcome: 'prevented',
    told: ['2 pages were counted'],
    by: 'a document is read in a thread of its own, which is ended when its time or its memory is over; a lesson has at most 2000 pages',
    async replay() {
      const folder = mkdtempSync(join(tmpdir(), 'exam-station-attack-'));
      try {
        writeFileSync(join(folder, 'a.pdf'), pageTree(13));
        const said = await countPages(join(folder, 'a.pdf'), 'a.pdf', 10_000);
        if (!said.ok) return { outcome: 'prevented', said: said.reason };
        const { pages } = said.value;
        return { outcome: pages <= 2_000 ? 'prevented' : 'open', said: `${pages} pages were counted` };
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
  {
    name: 'answer-without-end',
    about: 'files',
    attacker: 'somebody on the line',
    does: 'answers a station that asks for the log, and goes on answering',
    outcome: 'prevented',
    told: ['center-refused'],
    by: 'whoever asks reads no more than an honest answer has, and hangs up; so do witnesses, and the center that asks them',
    async replay() {
      const { reason, megabytes } = await askedEndless();
      const said = `${reason ?? 'taken'} after ${megabytes} MB`;
      return { outcome: reason === 'center-refused' && megabytes < 150 ? 'prevented' : 'open', said };
    },
  },
];
