import type { TemplateRule } from '../../../contract/words/exam.ts';
import {
  type CandidateId,
  type Instant,
  instant,
  type Sha256,
  type SittingId,
  type TenantId,
} from '../../../contract/words/ids.ts';
import type { AddedFace } from '../../../native/face/index.ts';
import { sha256 } from '../../../proof/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';
import { SCHEMA } from './schema.ts';

const DAY_MS = 86_400_000;

/** A face on its way to be compared with. */
export type NewFace = {
  readonly of: CandidateId;
  /** In which it was seen. */
  readonly sitting: SittingId;
  /** The network that made it. */
  readonly model: string;
  readonly vector: Float32Array;
};

/** Faces that were added to those of the registered photos: few, each for its time, sealed as templates are. */
export type AddedTemplates = {
  /** Those of this network that count now by this rule, the newest first. */
  of(id: CandidateId, embedder: string, rule: TemplateRule, now: Instant): readonly AddedFace[];
  /** The oldest beyond what the rule allows go, and so do those of another network. */
  add(face: NewFace, rule: TemplateRule, now: Instant): void;
  /** The photos that they were held against are no longer those of this person. */
  erase(id: CandidateId): void;
};

/** What a face is called, wherever it is spoken of. */
export const nameOfFace = (vector: Float32Array): Sha256 => sha256(bytesOf(vector));

/** When one that is added now goes. */
export const endOf = ({ days }: TemplateRule, now: Instant): Instant =>
  instant(new Date(Date.parse(now) + days * DAY_MS));

type Row = {
  readonly template: Sha256;
  readonly sealed: Buffer;
  readonly model: string;
  readonly at: Instant;
  readonly until: Instant;
};

/** @param tenant whose they are: a guest's id, or nothing for those of whose station it is */
export function openAddedTemplates(database: Database, vault: () => Vault, tenant: TenantId | ''): AddedTemplates {
  const newest = database.prepare<[string, string, string, Instant, Instant, Instant, number], Row>(
    `SELECT template, sealed, model, at, until FROM added_templates
     WHERE tenant = ? AND candidate = ? AND model = ? AND at > ? AND at <= ? AND until > ? ORDER BY at DESC, template LIMIT ?`,
  );
  const put = database.prepare('INSERT OR REPLACE INTO added_templates VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const dropOthers = database.prepare(
    `DELETE FROM added_templates WHERE tenant = ? AND candidate = ?
     AND template NOT IN (SELECT value FROM json_each(?))`,
  );
  const drop = database.prepare('DELETE FROM added_templates WHERE tenant = ? AND candidate = ?');
  /** What a row says is sealed with its face: one that was dated anew, or is somebody else's, does not open. */
  const contextOf = (id: CandidateId, { template, model, at, until }: Omit<Row, 'sealed'>): string =>
    JSON.stringify(['added-template', id, template, model, at, until]);

  const rowsOf = (id: CandidateId, embedder: string, { most, days }: TemplateRule, now: Instant): readonly Row[] => {
    const since = instant(new Date(Date.parse(now) - days * DAY_MS));
    // What is of later than now was added while the clock stood wrong.
    return newest.all(tenant, id, embedder, since, now, now, most);
  };
  const add = database.transaction((face: NewFace, rule: TemplateRule, now: Instant): void => {
    const { of: id, sitting, model, vector } = face;
    const row = { template: nameOfFace(vector), model, at: now, until: endOf(rule, now) };
    const sealed = vault().seal(bytesOf(vector), contextOf(id, row));
    put.run(tenant, id, row.template, sealed, model, sitting, row.at, row.until);
    dropOthers.run(tenant, id, JSON.stringify(rowsOf(id, model, rule, now).map(({ template }) => template)));
  });
  return {
    of: (id, embedder, rule, now) =>
      rowsOf(id, embedder, rule, now).map(({ sealed, ...row }) => ({
        template: row.template,
        vector: vectorIn(vault().open(sealed, contextOf(id, row))),
      })),
    add: (face, rule, now) => void add.immediate(face, rule, now),
    erase: (id) => void drop.run(tenant, id),
  };
}

/** Erases the added faces, of everybody, whose time is over. Needs no key. @returns how many */
export function eraseAgedTemplates(database: Database, now: Instant): number {
  migrate(database, 'roster', SCHEMA);
  return gone(database, database.prepare('DELETE FROM added_templates WHERE until <= ?').run(now).changes);
}

/** Erases what one sitting left of a face. Needs no key. @returns how many */
export function eraseTemplatesOf(database: Database, sitting: SittingId): number {
  migrate(database, 'roster', SCHEMA);
  return gone(database, database.prepare('DELETE FROM added_templates WHERE sitting = ?').run(sitting).changes);
}

/** What was overwritten must not lie in the log any more. */
function gone(database: Database, faces: number): number {
  if (faces > 0) database.pragma('wal_checkpoint(TRUNCATE)');
  return faces;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
const vectorIn = (bytes: Uint8Array): Float32Array => new Float32Array(new Uint8Array(bytes).buffer);
