import { parseArgs } from 'node:util';
import type { StoreWish } from '../objects/index.ts';
import { readStore } from './objects-wish.ts';
import { dataFolder } from './settings.ts';

type Where = {
  readonly data: string;
  readonly databaseUrl: string | undefined;
  /** Where films and photos are, where it is not that folder. */
  readonly store: StoreWish | undefined;
};
type Passphrase = { readonly passphraseFile: string | undefined };

/** What is done to a backup of the center that keeps things there, or to the log that came out of one. */
export type BackupWish = Where &
  (
    | ({ readonly backup: 'make'; readonly to: string; readonly media: boolean; readonly keys: boolean } & Passphrase)
    | ({ readonly backup: 'check'; readonly file: string } & Passphrase)
    | ({
        readonly backup: 'restore';
        readonly file: string;
        readonly nothingNewer: boolean;
        readonly erasures: readonly string[];
      } & Passphrase)
    | { readonly backup: 'go-on'; readonly heads: readonly string[] }
  );

const OPTIONS = {
  to: { type: 'string' },
  from: { type: 'string' },
  check: { type: 'string' },
  heads: { type: 'string', multiple: true },
  erasures: { type: 'string', multiple: true },
  data: { type: 'string' },
  'passphrase-file': { type: 'string' },
  'with-keys': { type: 'boolean' },
  'without-media': { type: 'boolean' },
  'nothing-newer': { type: 'boolean' },
} as const;

/**
 * What was asked for by `backup`, `restore` or `log`; nothing where the command line begins with another word.
 * @throws Error with a sentence for the person who typed it
 */
export function readBackupWish([what, ...args]: readonly string[], env: NodeJS.ProcessEnv): BackupWish | undefined {
  if (what !== 'backup' && what !== 'restore' && what !== 'log') return undefined;
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const { to, from, check, heads = [], erasures = [] } = values;
  const where = {
    data: dataFolder(values.data, env),
    databaseUrl: env.DATABASE_URL || undefined,
    store: readStore(env),
  };
  const passphraseFile = values['passphrase-file'];
  const nothingNewer = values['nothing-newer'] ?? false;
  if (what === 'log') {
    if (positionals.join(' ') !== 'go-on' || heads.length > 0 === nothingNewer)
      throw new Error('log go-on takes --heads FILE, as stations write it, once or more; or --nothing-newer');
    return { ...where, backup: 'go-on', heads };
  }
  if (positionals.length > 0) throw new Error(`${what} takes no ${positionals[0]}`);
  if (what === 'restore') {
    if (!from) throw new Error('restore takes --from FILE');
    return { ...where, backup: 'restore', file: from, nothingNewer, erasures, passphraseFile };
  }
  if (check !== undefined && to === undefined) return { ...where, backup: 'check', file: check, passphraseFile };
  if (to === undefined || check !== undefined) throw new Error('backup takes --to FILE, or --check FILE');
  const wanted = { media: !values['without-media'], keys: values['with-keys'] ?? false };
  return { ...where, backup: 'make', to, ...wanted, passphraseFile };
}
