import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBlueprint } from '../../authoring/blueprints/index.ts';
import { countPages, timeFilm } from '../../authoring/course-folder/look-apart.ts';
import { lookAtMedia } from '../../authoring/course-folder/look-at-media.ts';
import { readCourseFile } from '../../authoring/courses/index.ts';
import { readTerms } from '../../authoring/terms/index.ts';
import { parseStrictly } from '../../center/http/index.ts';
import { terminalIn } from '../../cli/provision-file.ts';
import { parseFrame } from '../../contract/page/frame.ts';
import { Batch } from '../../contract/records/batches.ts';
import { parseTerminal } from '../../contract/shell/terminal-settings.ts';
import { Instant, StationId, TenantId } from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { hasFewPixels } from '../../contract/words/picture-size.ts';
import { decodeStill } from '../../native/face/index.ts';
import { verifyProofFile } from '../../proof/index.ts';
import { openPackage, openRescue } from '../../proof/sealed/index.ts';
import { readNote } from '../../proof/transparency/index.ts';
import facts from '../before/2026-11-26/facts.json' with { type: 'json' };
import { bankAsWritten } from './bank-oracle.ts';

/** Reads bytes as one kind of file; throws a Refusal, or says in its own way what is wrong with them. */
type Reader = (bytes: Uint8Array) => unknown;

/** So that what was changed beside its signature is looked into further. */
const centerKey = PublicKey.parse(facts.centerKey);
const stationId = StationId.parse(facts.stations.here);
const TENANT = TenantId.parse('tn_test');
const opening = { centerKey, stationId, keyFrom: () => Buffer.alloc(32) };

const bankOf =
  (ending: string): Reader =>
  (bytes) =>
    bankAsWritten(bytes, ending);

/** What is looked at as a file, and what becomes of it if that takes long. */
const fileOf = (name: string, look: (path: string, name: string) => Promise<unknown>): Reader =>
  async function read(bytes) {
    const folder = mkdtempSync(join(tmpdir(), 'exam-station-fuzz-'));
    try {
      writeFileSync(join(folder, name), bytes);
      return await look(join(folder, name), name);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

/** Its own watchdog is a part of the reader; who fuzzes waits less long. */
const PATIENCE_MS = 10_000;

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** A sentence for whoever wrote the file is as good as a reason code. */
function sentence(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw error;
    return (error as Error).message;
  }
}

/** By the kind of file: a seed is called after it, up to the first dot or dash. */
export const READERS = {
  xlsx: bankOf('xlsx'),
  csv: bankOf('csv'),
  gift: bankOf('gift'),
  xml: bankOf('xml'),
  json: bankOf('json'),
  qti: bankOf('zip'),
  table: (bytes) => readBlueprint(bytes, 'a.xlsx'),
  blueprint: (bytes) => readBlueprint(bytes, 'a.yaml'),
  terms: (bytes) => readTerms(textOf(bytes)),
  course: (bytes) => readCourseFile(textOf(bytes)),
  provision: (bytes) => sentence(() => terminalIn(textOf(bytes), undefined)),
  terminal: (bytes) => parseTerminal(textOf(bytes)),
  photo: (bytes) => decodeStill(bytes),
  picture: (bytes) => hasFewPixels(bytes),
  film: fileOf('a.webm', (path, name) => timeFilm(path, name, PATIENCE_MS)),
  document: fileOf('a.pdf', (path, name) => countPages(path, name, PATIENCE_MS)),
  scorm: fileOf('a.zip', lookAtMedia),
  proof: (bytes) => verifyProofFile(bytes, centerKey),
  batch: (bytes) => Batch.safeParse(parseStrictly(Buffer.from(bytes))).success,
  package: (bytes) => openPackage(bytes, { ...opening, now: Instant.parse(facts.madeAt) }),
  rescue: (bytes) => openRescue(bytes, { ...opening, tenantId: TENANT }),
  note: (bytes) => readNote(textOf(bytes)),
  frame: (bytes) => parseFrame(bytes),
} as const satisfies Record<string, Reader>;
export type Kind = keyof typeof READERS;
