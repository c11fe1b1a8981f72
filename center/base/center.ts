import type { CenterKeySet, Signer } from '../../proof/index.ts';
import type { NoteKey } from '../../proof/transparency/index.ts';
import type { Database } from '../database/index.ts';
import type { Objects } from '../objects/index.ts';
import type { PhotoGate } from './photo-gate.ts';

/** Somebody who watches the log, and says so in cosignatures: whom the operator named, and no others. */
export type Witness = {
  readonly key: NoteKey;
  /** Where new checkpoints are brought (c2sp.org/tlog-witness); without it, it comes by itself. */
  readonly url?: string | undefined;
};

/** What every use case needs: where things are kept, what they are signed with, what time it is. */
export type Center = {
  readonly db: Database;
  /** Folder of this machine: its keys, and what is still being written. */
  readonly data: string;
  /** Where what is too large for a database is kept. */
  readonly objects: Objects;
  readonly signer: Signer;
  /** Its root, which is published, and every key that the root gave it. */
  readonly keys: CenterKeySet;
  /** Reads what it signs with anew, where that was not done just now: a key may have been revoked since. */
  readonly readKeysAnew: () => Promise<void>;
  /** What witnesses know the log by: the origin of its checkpoints. */
  readonly logName: string;
  readonly witnesses: readonly Witness[];
  /** Its address as everybody reaches it, in what it signs; nothing where the operator named none. */
  readonly address?: string | undefined;
  readonly now: () => Date;
  /** Nothing where no networks are to look at photos here. */
  readonly photoGate?: PhotoGate | undefined;
};
