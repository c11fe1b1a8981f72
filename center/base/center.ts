import type { Signer } from '../../proof/index.ts';
import type { Database } from '../database/index.ts';

/** What every use case needs: where things are kept, what they are signed with, what time it is. */
export type Center = {
  readonly db: Database;
  /** Folder for what is too large for a database. */
  readonly data: string;
  readonly signer: Signer;
  readonly now: () => Date;
};
