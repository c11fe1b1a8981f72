import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Login } from '../../contract/platform/accounts.ts';
import { Role } from '../../contract/platform/roles.ts';
import { OrganisationId, TokenId } from '../../contract/words/ids.ts';
import { dataFolder } from './settings.ts';

/** Another firm, or somebody who may take firms in, for the center that keeps things there. */
export type TenantWish = {
  readonly what: 'tenant' | 'administrator';
  readonly name: string;
  readonly data: string;
  readonly databaseUrl: string | undefined;
};

/** To see who may take firms in, and to end the token of one. */
export type AdministratorWish = Pick<TenantWish, 'data' | 'databaseUrl'> & { readonly end: TokenId | undefined };

/**
 * What was asked for by `administrator list` or `administrator end`; nothing where the command line says something else.
 * @throws Error with a sentence for the person who typed it
 */
export function readAdministratorWish(
  [what, how, ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): AdministratorWish | undefined {
  if (what !== 'administrator' || (how !== 'list' && how !== 'end')) return undefined;
  const { values, positionals } = parseArgs({ args, options: { data: { type: 'string' } }, allowPositionals: true });
  const end = TokenId.safeParse(positionals[0]).data;
  if (positionals.length !== (how === 'end' ? 1 : 0) || (how === 'end' && !end))
    throw new Error('administrator list takes nothing more, administrator end the id of a token: tk_…');
  return { end, data: dataFolder(values.data, env), databaseUrl: env.DATABASE_URL || undefined };
}

/**
 * What was asked for by `tenant add` or `administrator add`; nothing where the command line begins with another word.
 * @throws Error with a sentence for the person who typed it
 */
export function readTenantWish([what, ...args]: readonly string[], env: NodeJS.ProcessEnv): TenantWish | undefined {
  if (what !== 'tenant' && what !== 'administrator') return undefined;
  const options = { name: { type: 'string' }, data: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const name = values.name?.trim();
  if (positionals.join(' ') !== 'add' || !name) throw new Error(`${what} add takes a name: --name NAME`);
  return { what, name, data: dataFolder(values.data, env), databaseUrl: env.DATABASE_URL || undefined };
}

/** An account of the platform, or another way in for somebody who lost theirs. */
export type AccountWish = Pick<TenantWish, 'data' | 'databaseUrl'> & {
  readonly account: { readonly add: z.infer<typeof NewAccount> } | { readonly recover: z.infer<typeof Login> };
};
const NewAccount = z.object({
  login: Login,
  name: z.string().trim().min(1).max(60),
  role: Role,
  organisationId: OrganisationId,
});

/**
 * What was asked for by `account`; nothing where the command line begins with another word.
 * @throws Error with a sentence for the person who typed it
 */
export function readAccountWish(
  [first, how, ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): AccountWish | undefined {
  if (first !== 'account') return undefined;
  const text = { type: 'string' } as const;
  const options = { login: text, name: text, role: text, organisation: text, data: text };
  const { login, name, role, organisation, data } = parseArgs({ args, options }).values;
  const where = { data: dataFolder(data, env), databaseUrl: env.DATABASE_URL || undefined };
  const add = NewAccount.safeParse({ login, name, role, organisationId: organisation });
  if (how === 'add' && add.success) return { ...where, account: { add: add.data } };
  const recover = Login.safeParse(login);
  if (how === 'recover' && recover.success && !name && !role && !organisation)
    return { ...where, account: { recover: recover.data } };
  throw new Error(
    'account takes add --login LOGIN --name NAME --role ROLE --organisation og_…, or recover --login LOGIN',
  );
}

/** What is done to the keys of the center that keeps things there. */
export type KeysWish = { readonly data: string; readonly databaseUrl: string | undefined } & (
  | { readonly keys: 'issue'; readonly days: number; readonly root: string | undefined; readonly isCurrent: boolean }
  | { readonly keys: 'take-offline'; readonly to: string }
  | { readonly keys: 'revoke'; readonly keyId: string; readonly root: string | undefined }
);

const KEY_OPTIONS = {
  days: { type: 'string' },
  root: { type: 'string' },
  to: { type: 'string' },
  data: { type: 'string' },
  'stations-are-current': { type: 'boolean' },
} as const;

/**
 * What was asked for by `keys`; nothing where the command line begins with another word.
 * @throws Error with a sentence for the person who typed it
 */
export function readKeysWish([first, ...args]: readonly string[], env: NodeJS.ProcessEnv): KeysWish | undefined {
  if (first !== 'keys') return undefined;
  const { values, positionals } = parseArgs({ args, options: KEY_OPTIONS, allowPositionals: true });
  const [keys, keyId, ...more] = positionals;
  const { root, to } = values;
  const where = { data: dataFolder(values.data, env), databaseUrl: env.DATABASE_URL || undefined };
  if (keys === 'issue' && !keyId)
    return {
      ...where,
      keys,
      days: readDays(values.days ?? '365'),
      root,
      isCurrent: values['stations-are-current'] ?? false,
    };
  if (keys === 'take-offline' && !keyId && to) return { ...where, keys, to };
  if (keys === 'revoke' && /^[0-9a-f]{16}$/.test(keyId ?? '') && more.length === 0)
    return { ...where, keys, keyId: String(keyId), root };
  throw new Error('keys takes issue, take-offline --to FILE, or revoke KEYID');
}

function readDays(text: string): number {
  const days = Number(text);
  if (!/^\d{1,4}$/.test(text) || days < 1 || days > MOST_DAYS)
    throw new Error(`--days takes a number from 1 to ${MOST_DAYS}`);
  return days;
}
const MOST_DAYS = 3_650;
