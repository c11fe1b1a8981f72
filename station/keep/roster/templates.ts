import type { CandidateId, TenantId } from '../../../contract/words/ids.ts';
import type { ReasonCode } from '../../../contract/words/reasons.ts';
import { type Template, templateOf } from '../../../native/face/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';
import { SCHEMA } from './schema.ts';

/**
 * What faces are compared with, sealed, by photo. Only what the network in use made counts, so whoever asks says which
 * embedder that is: everybody else is enrolled anew.
 */
export type Templates = {
  /** Of all photos of this person. */
  of(id: CandidateId, embedder: string): Template | undefined;
  /** @param photo what it is of, or `null` for a visitor who stands before the camera */
  save(id: CandidateId, photo: string | null, template: Template): void;
  /** A photo that was taken back or replaced does not go on letting people in. @returns whether there was one */
  keepOnly(id: CandidateId, photos: readonly string[]): boolean;
  /** Whether there is one of this photo. */
  has(id: CandidateId, photo: string, embedder: string): boolean;
  /** Whether there is one of this photo that only another network can compare with. */
  isOutdated(id: CandidateId, photo: string, embedder: string): boolean;
  /** Whether all that there is of this person is of another network. */
  areOutdated(id: CandidateId, embedder: string): boolean;
  /** Remembers, until the next start, that this photo gives no template, and why. */
  refuse(id: CandidateId, photo: string, reasons: readonly ReasonCode[]): void;
  readonly refused: readonly RefusedTemplate[];
  /** Photos that nobody looked at yet, or only a network that is no longer used. */
  missing(who: { readonly id: CandidateId; readonly photos: readonly string[] }, embedder: string): readonly PhotoOf[];
};

export type RefusedTemplate = PhotoOf & { readonly reasons: readonly ReasonCode[] };
export type PhotoOf = { readonly id: CandidateId; readonly photo: string };

type Row = { readonly sealed: Buffer; readonly vectors: number };

/** @param tenant whose they are: a guest's id, or nothing for those of whose station it is */
export function openTemplates(database: Database, vault: () => Vault, tenant: TenantId | ''): Templates {
  const refused = new Map<string, RefusedTemplate>();
  const seen = database.prepare(
    'SELECT 1 FROM templates WHERE tenant = ? AND candidate = ? AND photo = ? AND model = ?',
  );
  const modelsOf = database.prepare<[string, string], { readonly photo: string; readonly model: string }>(
    'SELECT photo, model FROM templates WHERE tenant = ? AND candidate = ?',
  );
  const ofPerson = database.prepare<[string, string, string], Row>(
    'SELECT sealed, vectors FROM templates WHERE tenant = ? AND candidate = ? AND model = ? ORDER BY photo',
  );
  const put = database.prepare(
    `INSERT INTO templates (tenant, candidate, photo, sealed, model, vectors) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (tenant, candidate, photo) DO UPDATE
     SET sealed = excluded.sealed, model = excluded.model, vectors = excluded.vectors`,
  );
  const dropOthers = database.prepare(
    'DELETE FROM templates WHERE tenant = ? AND candidate = ? AND photo NOT IN (SELECT value FROM json_each(?))',
  );
  const contextOf = (id: CandidateId): string => `template/${id}`;
  return {
    of(id, embedder) {
      const vectors = ofPerson
        .all(tenant, id, embedder)
        .flatMap(({ sealed, vectors: count }) => vectorsIn(vault().open(sealed, contextOf(id)), count));
      return vectors.length > 0 ? templateOf(embedder, vectors) : undefined;
    },
    save(id, photo, { model, vectors }) {
      const bytes = Buffer.concat(vectors.map((one) => new Uint8Array(one.buffer, one.byteOffset, one.byteLength)));
      put.run(tenant, id, photo ?? '', vault().seal(bytes, contextOf(id)), model, vectors.length);
    },
    keepOnly: (id, photos) => dropOthers.run(tenant, id, JSON.stringify(photos)).changes > 0,
    has: (id, photo, embedder) => seen.get(tenant, id, photo, embedder) !== undefined,
    isOutdated: (id, photo, embedder) =>
      modelsOf.all(tenant, id).some((one) => one.photo === photo && one.model !== embedder),
    areOutdated(id, embedder) {
      const all = modelsOf.all(tenant, id);
      return all.length > 0 && all.every(({ model }) => model !== embedder);
    },
    refuse: (id, photo, reasons) => void refused.set(`${id} ${photo}`, { id, photo, reasons }),
    get refused() {
      return [...refused.values()];
    },
    missing: ({ id, photos }, embedder) =>
      photos
        .filter((photo) => !refused.has(`${id} ${photo}`) && !seen.get(tenant, id, photo, embedder))
        .map((photo) => ({ id, photo })),
  };
}

/** Whose face templates are kept. */
export function templateOwners(database: Database): readonly CandidateId[] {
  migrate(database, 'roster', SCHEMA);
  const rows = database.prepare<[], { candidate: CandidateId }>('SELECT DISTINCT candidate FROM templates').all();
  return rows.map(({ candidate }) => candidate);
}

function vectorsIn(bytes: Uint8Array, count: number): Float32Array[] {
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  const size = values.length / count;
  return Array.from({ length: count }, (_, i) => values.slice(i * size, (i + 1) * size));
}
