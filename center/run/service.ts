import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { keyId } from '../../proof/index.ts';
import { makePrivateFolder } from '../../proof/secrets/private-files.ts';
import { offerSetUp } from '../accounts/index.ts';
import { anchorAudit } from '../audit/index.ts';
import type { Center, Witness } from '../base/index.ts';
import { type Database, openDatabase } from '../database/index.ts';
import { clearMediaDrafts } from '../learning/index.ts';
import { type Asking, issuingKeyEnds, keepAskingWitnesses, openCenterKey, openLogName } from '../log/index.ts';
import program from '../package.json' with { type: 'json' };
import type { CityLogInWish } from '../platform-api/index.ts';
import { type Judging, openJudging } from '../results/index.ts';
import { firstRunFile, firstStart, type Seed, SYSTEM } from '../seed/index.ts';
import { logIssued } from '../stations/index.ts';
import { keepFromFiles, keepOwn, type TlsKeeper } from '../tls/index.ts';
import { buildApp } from './app.ts';
import { anchorIn } from './audit-anchor.ts';
import { SCHEMA } from './schema.ts';
import { type TlsWish, USUAL_ZONE } from './settings.ts';

/** So often new checkpoints are brought to witnesses. */
const ASK_MS = 5_000;

export type CenterOptions = {
  /** Folder for the key, `first-run.json` and, without `databaseUrl`, the database. */
  readonly data: string;
  /** A PostgreSQL server. */
  readonly databaseUrl?: string | undefined;
  /** A database that is open already; closed with the center. */
  readonly database?: Database | undefined;
  readonly seed?: Seed | undefined;
  readonly logger?: FastifyServerOptions['logger'];
  readonly now?: () => Date;
  /** The time zone of the times on the pages. */
  readonly zone?: string | undefined;
  /** What witnesses know the log by. */
  readonly logName?: string | undefined;
  readonly witnesses?: readonly Witness[] | undefined;
  /** Addresses of proxies in front of it. */
  readonly proxies?: readonly string[] | undefined;
  /** How it speaks https itself. */
  readonly tls?: TlsWish | undefined;
  readonly hsts?: boolean | undefined;
  readonly oidc?: CityLogInWish | undefined;
};

const ANCHOR_LOOK_MS = 300_000;

export type OpenCenter = {
  readonly app: FastifyInstance;
  readonly center: Center;
  /** Where the first start's secrets are. */
  readonly firstRun: string;
  /** The certificate that is shown; nothing where it speaks no TLS. */
  readonly tls: TlsKeeper | undefined;
  close(): Promise<void>;
};

/**
 * Opens the whole service; it listens nowhere until `app.listen`.
 * @throws Error where the data folder is in use, the database is out of reach, or `center.key` does not fit it
 * @throws Refusal `issuing-key-missing` where it could sign nothing
 */
export async function openCenter(options: CenterOptions): Promise<OpenCenter> {
  const data = resolve(options.data);
  makePrivateFolder(data);
  const storage = { url: options.databaseUrl, data, opened: options.database };
  let app: FastifyInstance | undefined;
  let asking: Asking | undefined;
  let anchoring: NodeJS.Timeout | undefined;
  let tls: TlsKeeper | undefined;
  const db = await openDatabase(storage, SCHEMA, (error) =>
    app?.log.warn({ err: error }, 'a database connection broke'),
  );
  const stopping = new AbortController();
  let judged = Promise.resolve();
  const close = async (): Promise<void> => {
    await asking?.stop();
    stopping.abort();
    await judged;
    clearInterval(anchoring);
    tls?.stop();
    await app?.close();
    await db.close();
  };
  try {
    const now = options.now ?? (() => new Date());
    const { signer, keys } = await openCenterKey(data, db, now);
    await clearMediaDrafts(data);
    const logName = await openLogName(db, keys.root, options.logName);
    const witnesses = options.witnesses ?? [];
    const center: Center = { db, data, signer, keys, logName, witnesses, now };
    await firstStart(center, data, options.seed ?? 'demo');
    await offerSetUp(SYSTEM, center);
    await logIssued(SYSTEM, center);
    const { logger = false, zone = USUAL_ZONE, proxies, hsts, oidc } = options;
    tls = await openTls(options.tls, center, (error) =>
      app?.log.warn({ err: error }, 'the certificate was not renewed'),
    );
    const judging = openJudging(SYSTEM, center, (error) =>
      app?.log.error({ err: error }, 'records could not be judged'),
    );
    app = buildApp(center, { version: program.version, logger, zone, judging, proxies, tls, hsts, oidc });
    await app.ready();
    if (tls) tellCertificate(app, tls);
    warnOfTheEnd(center, app);
    asking = keepAskingWitnesses(center, ASK_MS, (asked) => app?.log.info(asked, 'a witness was asked'));
    judged = judgeWhatWaits(judging, stopping.signal);
    anchoring = keepAnchoring(center, (error) => app?.log.warn({ err: error }, 'the audit log was not anchored'));
    return { app, center, firstRun: firstRunFile(data), tls, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whoever reads the log of the program hears it at each start. */
function warnOfTheEnd(center: Center, { log }: FastifyInstance): void {
  const end = issuingKeyEnds(center);
  if (end) log.warn({ end }, 'the issuing key ends: bring the root and make another one with keys issue');
}

async function openTls(
  wish: TlsWish | undefined,
  { data, keys, now }: Center,
  onTrouble: (error: unknown) => void,
): Promise<TlsKeeper | undefined> {
  if (!wish) return undefined;
  const name = `exam-center ${keyId(keys.root)}`;
  return wish === 'own' ? keepOwn({ data, name, now }, onTrouble) : keepFromFiles(wish, onTrouble);
}

/** So that whoever sees a certificate in a browser can compare it. */
function tellCertificate({ log }: FastifyInstance, tls: TlsKeeper): void {
  const tell = (what: string) => {
    const { fingerprint, until, publiclyTrusted } = tls.current;
    log.info({ sha256: fingerprint, until: until.toISOString(), publiclyTrusted }, what);
  };
  tell('a certificate is shown');
  tls.onRenewed(() => tell('another certificate is shown'));
}

const AGAIN_MS = 10 * 60_000;

/** What an earlier program logged, and what a crash or a fault left; beside everything else there is to do. */
async function judgeWhatWaits(judging: Judging, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await judging.all(signal);
    await setTimeout(AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** Looks now and then whether a line of the audit log has waited long enough. */
const keepAnchoring = (center: Center, onTrouble: (error: unknown) => void): NodeJS.Timeout =>
  setInterval(
    () => anchorAudit(center.db, anchorIn(center), center.now(), 'due').catch(onTrouble),
    ANCHOR_LOOK_MS,
  ).unref();
