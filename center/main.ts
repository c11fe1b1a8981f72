import { keepProcessPrivate } from '../proof/secrets/private-process.ts';
import {
  type AccountWish,
  type AdministratorWish,
  addAdministratorFor,
  addTenantTo,
  administratorsOf,
  type BackupWish,
  changeKeys,
  type KeysWish,
  mustBeFree,
  type OpenCenter,
  obeyBackupWish,
  openCenter,
  portTakenSentence,
  putAccount,
  readAccountWish,
  readAdministratorWish,
  readBackupWish,
  readKeysWish,
  readSettings,
  readTenantWish,
  type Settings,
  stderrLogger,
  type TenantWish,
  USAGE,
} from './run/index.ts';

/** A request that hangs must not keep a stopping center alive. */
const STOP_WITHIN_MS = 5_000;

async function run({ port, host, stopWithParent, ...options }: Settings): Promise<void> {
  await mustBeFree(port, host);
  const center = await openCenter({ ...options, logger: stderrLogger() });
  stopOnSignals(center, stopWithParent);
  const url = await center.app.listen({ port, host, listenTextResolver: () => 'listening' });
  const ready = { ready: true, url, firstRun: center.firstRun };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

function stopOnSignals(center: OpenCenter, stopWithParent: boolean): void {
  let stopping = false;
  const stop = (cause: string): void => {
    if (stopping) return;
    stopping = true;
    center.app.log.info({ cause }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    center.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error, 1),
    );
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
  if (!stopWithParent) return;
  // A parent that is killed cannot send a signal; the end of its pipe is what is left to notice.
  for (const event of ['end', 'close', 'error']) process.stdin.once(event, () => stop('parent gone'));
  process.stdin.resume();
}

function fail(error: unknown, code: number): void {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(code);
}

/** A connection that failed on every address of a host comes without a message of its own. */
const sentenceOf = (error: unknown): string => {
  const { message, code } = error as { readonly message?: string; readonly code?: string };
  return portTakenSentence(error) || message || code || String(error);
};

type Wish = Settings | TenantWish | AdministratorWish | AccountWish | KeysWish | BackupWish | 'help';

function wishOrExit(): Wish {
  const args = process.argv.slice(2);
  try {
    return (
      readAdministratorWish(args, process.env) ??
      readTenantWish(args, process.env) ??
      readAccountWish(args, process.env) ??
      readKeysWish(args, process.env) ??
      readBackupWish(args, process.env) ??
      readSettings(args, process.env)
    );
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    return process.exit(2);
  }
}

/** Says where the token is, never the token: others may read what is printed. */
async function addTenant(wish: TenantWish): Promise<void> {
  const added = await (wish.what === 'tenant' ? addTenantTo(wish) : addAdministratorFor(wish));
  process.stdout.write(`${JSON.stringify(added)}\n`);
}

async function obey(wish: Exclude<Wish, 'help'>): Promise<void> {
  if ('port' in wish) return run(wish);
  if ('what' in wish) return addTenant(wish);
  process.stdout.write(`${JSON.stringify(await doneFor(wish))}\n`);
}

async function doneFor(wish: AdministratorWish | AccountWish | KeysWish | BackupWish): Promise<object> {
  if ('backup' in wish) return obeyBackupWish(wish);
  if ('account' in wish) return putAccount(wish);
  return 'keys' in wish ? changeKeys(wish) : { administrators: await administratorsOf(wish) };
}

keepProcessPrivate();
const wish = wishOrExit();
if (wish === 'help') process.stdout.write(USAGE);
else obey(wish).catch((error: unknown) => fail(error, 1));
