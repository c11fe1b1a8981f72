import { z } from 'zod';
import { EvidenceWish } from '../../../contract/records/evidence.ts';
import { type EvidenceWishId, type Instant, Sha256 } from '../../../contract/words/ids.ts';
import { PictureOf } from '../../../contract/words/picture-of.ts';
import { Reason } from '../../../contract/words/reasons.ts';
import { type Database, migrate } from '../../core/database/index.ts';

const KeptPicture = z.object({ of: PictureOf, picture: Sha256 }).readonly();
export type KeptPicture = z.infer<typeof KeptPicture>;

/** What the center signed, and what it says. */
export type SignedWish = { readonly jws: string; readonly says: EvidenceWish };

/** Of which the center has not heard everything. */
export type OpenWish = { readonly id: EvidenceWishId } & (
  | { readonly refused: Reason }
  | {
      readonly refused?: undefined;
      readonly wish: SignedWish;
      readonly pictures: readonly KeptPicture[];
      /** Whether the center knows which pictures there are. */
      readonly listed: boolean;
      /** Those that did not go out yet. */
      readonly left: readonly KeptPicture[];
    }
);

/**
 * Wishes for pictures that this station has heard of, each once: until the center has all of one it stays open, over restarts and
 * days without a line. Pictures are not in here; each is sealed when it goes out.
 */
export type EvidenceWishes = {
  has(id: EvidenceWishId): boolean;
  take(wish: SignedWish, pictures: readonly KeptPicture[], at: Instant): void;
  refuse(id: EvidenceWishId, reason: Reason, at: Instant): void;
  /** The oldest first. */
  open(): readonly OpenWish[];
  listed(id: EvidenceWishId): void;
  /** The center has this one, or knows that it is gone. */
  sent(id: EvidenceWishId, of: PictureOf): void;
  /** There is nothing more to say. */
  settle(id: EvidenceWishId): void;
};

const SCHEMA = [
  `CREATE TABLE evidence_wishes (
     id TEXT PRIMARY KEY, heard_at TEXT NOT NULL, refused TEXT, jws TEXT, says TEXT, kept TEXT NOT NULL,
     listed INTEGER NOT NULL DEFAULT 0, settled INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE INDEX evidence_wishes_open ON evidence_wishes (heard_at) WHERE settled = 0;
   CREATE TABLE evidence_sent (wish TEXT NOT NULL, taken_of TEXT NOT NULL, PRIMARY KEY (wish, taken_of)) STRICT;`,
];
type Row = {
  readonly id: EvidenceWishId;
  readonly refused: string | null;
  readonly jws: string | null;
  readonly says: string | null;
  readonly kept: string;
  readonly listed: 0 | 1;
};

export function openEvidenceWishes(database: Database): EvidenceWishes {
  migrate(database, 'evidence-wishes', SCHEMA);
  const add = database.prepare(
    `INSERT OR IGNORE INTO evidence_wishes (id, heard_at, refused, jws, says, kept)
     VALUES (@id, @at, @refused, @jws, @says, @kept)`,
  );
  const known = database.prepare<[string], { id: string }>('SELECT id FROM evidence_wishes WHERE id = ?');
  const open = database.prepare<[], Row>(
    `SELECT id, refused, jws, says, kept, listed FROM evidence_wishes WHERE settled = 0 ORDER BY heard_at, id`,
  );
  const sentOf = database.prepare<[string], { of: PictureOf }>(
    'SELECT taken_of AS "of" FROM evidence_sent WHERE wish = ?',
  );
  const [send, list, settle] = [
    database.prepare('INSERT OR IGNORE INTO evidence_sent VALUES (?, ?)'),
    database.prepare('UPDATE evidence_wishes SET listed = 1 WHERE id = ?'),
    database.prepare('UPDATE evidence_wishes SET settled = 1 WHERE id = ?'),
  ];
  const openOf = ({ id, refused, jws, says, kept, listed }: Row): OpenWish => {
    if (refused !== null) return { id, refused: Reason.parse(refused) };
    const pictures = z.array(KeptPicture).parse(JSON.parse(kept));
    const sent = new Set(sentOf.all(id).map(({ of }) => of));
    const wish = { jws: jws ?? '', says: EvidenceWish.parse(JSON.parse(says ?? '')) };
    return { id, wish, pictures, listed: listed === 1, left: pictures.filter(({ of }) => !sent.has(of)) };
  };
  return {
    has: (id) => known.get(id) !== undefined,
    take: ({ jws, says }, pictures, at) =>
      void add.run({
        ...{ id: says.id, at, refused: null, jws },
        ...{ says: JSON.stringify(says), kept: JSON.stringify(pictures) },
      }),
    refuse: (id, refused, at) => void add.run({ id, at, refused, jws: null, says: null, kept: '[]' }),
    open: () => open.all().map(openOf),
    listed: (id) => void list.run(id),
    sent: (id, of) => void send.run(id, of),
    settle: (id) => void settle.run(id),
  };
}
