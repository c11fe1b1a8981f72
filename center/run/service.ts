import { resolve } from 'node:path';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { keyId } from '../../proof/index.ts';
import { makePrivateFolder } from '../../proof/secrets/private-files.ts';
import { offerSetUp } from '../accounts/index.ts';
import type { Center, PhotoGate, Tracer, Witness } from '../base/index.ts';
import { withCertificates } from '../certificates/index.ts';
import { type Database, onWay, openDatabase, type ReplicaWish } from '../database/index.ts';
import { loadNetworks, openPhotoGate } from '../faces/index.ts';
import type { Ways as HookWays } from '../hooks/index.ts';
import { clearMediaDrafts } from '../learning/index.ts';
import { issuingKeyEnds, mustGoOn, openCenterKey, openLogName } from '../log/index.ts';
import { openMetrics } from '../metrics/index.ts';
import { type Objects, ObjectsTrouble, ownedBy, type StoreWish } from '../objects/index.ts';
import program from '../package.json' with { type: 'json' };
import type { CityLogInWish } from '../platform-api/index.ts';
import { openJudging } from '../results/index.ts';
import { settleErasures } from '../retention/index.ts';
import type { BulletinWays } from '../schedules/index.ts';
import { firstRunFile, firstStart, type Seed, SYSTEM } from '../seed/index.ts';
import { logIssued } from '../stations/index.ts';
import { keepFromFiles, keepOwn, type TlsKeeper } from '../tls/index.ts';
import { buildApp } from './app.ts';
import { startJobs } from './long-work.ts';
import { openObjects } from './objects-wish.ts';
import { openTracer, type TracingWish } from './open-telemetry.ts';
import { SCHEMA } from './schema.ts';
import { type FacesWish, type TlsWish, USUAL_ZONE } from './settings.ts';
import { tracedDatabase } from './traced.ts';
import { startUpkeep, UPKEEP } from './upkeep.ts';

export type CenterOptions = {
  /** Folder for the key, `first-run.json` and, without `databaseUrl`, the database. */
  readonly data: string;
  /** A PostgreSQL server. */
  readonly databaseUrl?: string | undefined;
  /** Servers that follow it. */
  readonly replicas?: ReplicaWish | undefined;
  /** Where films, photos and files are, where it is not that folder. */
  readonly store?: StoreWish | undefined;
  /** A database that is open already; closed with the center. */
  readonly database?: Database | undefined;
  readonly seed?: Seed | undefined;
  /** Of the firm that the first start makes. */
  readonly name?: string | undefined;
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
  /** Whether photos are looked at, and where the weights for that are. */
  readonly faces?: FacesWish | undefined;
  /** What looks at photos instead; closed with the center. */
  readonly photoGate?: PhotoGate | undefined;
  /** Its address as everybody reaches it, in certificates. */
  readonly address?: string | undefined;
  /** Where messages to other programs may go. */
  readonly hooks?: HookWays | undefined;
  /** False where long work is left to another center. */
  readonly jobs?: boolean | undefined;
  /** Where traces are sent; nowhere where nobody says. */
  readonly tracing?: TracingWish | undefined;
  /** What `GET /metrics` takes. */
  readonly metricsToken?: string | undefined;
  readonly oidc?: CityLogInWish | undefined;
  /** Where bulletins that come by themselves can go. */
  readonly bulletins?: BulletinWays | undefined;
};

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
  // What was opened is closed, the last first; also where the rest cannot be opened.
  const running = new AsyncDisposableStack();
  const close = () => running.disposeAsync();
  try {
    return { ...(await openParts(options, running)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Says how something went that nobody waits for: before there is a log, to nobody. */
type Tell = (level: 'info' | 'warn' | 'error', what: string) => (error: unknown) => void;

async function openParts(options: CenterOptions, running: AsyncDisposableStack): Promise<Omit<OpenCenter, 'close'>> {
  let app: FastifyInstance | undefined;
  const tell: Tell = (level, what) => (error) => app?.log[level]({ err: error }, what);
  const tracer = options.tracing && (await openTracer(options.tracing, program.version));
  running.defer(() => tracer?.close());
  const { db, walled } = await openData(
    options,
    running,
    tracer,
    (replica, state) => app?.log[state === 'used' ? 'info' : 'warn']({ replica, state }, 'a replica of the database'),
    tell('warn', 'a database connection broke'),
  );
  const center = await openState(options, running, db, tell);
  // What the program does by itself it does for all firms, whoever's request began it.
  const everywhere: Center = { ...center, db: db.as('*') };
  const tls = await openTls(options.tls, center, tell('warn', 'the certificate was not renewed'));
  running.defer(() => tls?.stop());
  const metrics = openMetrics(SYSTEM, everywhere);
  const judges = openJudging(SYSTEM, everywhere, (error) => {
    metrics.job('judging', 'failed');
    tell('error', 'records could not be judged')(error);
  });
  const judging = withCertificates(SYSTEM, everywhere, judges, tell('error', 'certificates could not be issued'));
  running.defer(() => judging.stop());
  const { logger = false, zone = USUAL_ZONE, proxies, hsts, oidc, bulletins = {}, metricsToken } = options;
  const built = buildApp(center, {
    ...{ version: program.version, logger, zone, judging, proxies, tls, hsts, oidc, bulletins },
    ...{ metrics, metricsToken, tracer },
  });
  app = built;
  running.defer(() => built.close());
  await built.ready();
  if (tls) tellCertificate(built, tls);
  warnOfTheEnd(center, built);
  if (!walled) built.log.warn(NO_WALLS);
  await mustGoOn(db).catch(tell('warn', 'the log goes on once somebody has looked: log go-on'));
  if (options.jobs !== false) {
    const alone = options.databaseUrl === undefined;
    const hooks = options.hooks ?? { inside: false };
    const onFault = tell('warn', 'a job did not come to its end');
    const jobs = startJobs(center, { metrics, tracer, bulletins, hooks, alone, onFault });
    running.defer(() => jobs.stop());
  }
  running.use(startUpkeep({ center: everywhere, judging, metrics, tracer, log: built.log }));
  return { app: built, center, firstRun: firstRunFile(center.data), tls };
}

const NO_WALLS =
  'the database server does not let this program make or use the role exam_center_walled: no walls stand';

async function openData(
  { databaseUrl: url, database: opened, replicas, data: folder }: CenterOptions,
  running: AsyncDisposableStack,
  tracer: Tracer | undefined,
  onReplica: (replica: string, state: string) => void,
  onBroken: (error: unknown) => void,
): Promise<{ readonly db: Database; readonly walled: boolean | undefined }> {
  const data = resolve(folder);
  makePrivateFolder(data);
  const bare = await openDatabase({ url, data, opened, replicas, onReplica }, SCHEMA, onBroken);
  const db = tracer ? tracedDatabase(bare, tracer) : bare;
  running.defer(() => db.close());
  return { db, walled: await onWay(UPKEEP, async () => db.raiseWalls?.()) };
}

/** Keys, and what a first start makes; what every use case needs. */
async function openState(
  options: CenterOptions,
  running: AsyncDisposableStack,
  db: Database,
  tell: Tell,
): Promise<Center> {
  const data = resolve(options.data);
  const now = options.now ?? (() => new Date());
  const opened = openObjects(options.store, data);
  running.defer(() => opened.close());
  // Another center may be starting on this database: for that one it waits as long as it takes.
  const { signer, keys, readAnew } = await onWay(UPKEEP, () => openCenterKey(data, db, now));
  const objects = await claimed(opened, keyId(keys.root), tell('warn', 'the store of objects is not claimed yet'));
  await clearMediaDrafts(data);
  const logName = await onWay(UPKEEP, () => openLogName(db, keys.root, options.logName));
  const photoGate = options.photoGate ?? openGate(options.faces, tell('warn', 'photos are not looked at'));
  running.defer(() => photoGate?.close());
  const center: Center = {
    ...{ db, data, objects, signer, keys, readKeysAnew: readAnew, now, photoGate },
    ...{ logName, witnesses: options.witnesses ?? [], address: options.address },
  };
  await onWay(UPKEEP, async () => {
    await firstStart(center, data, { seed: options.seed ?? 'demo', name: options.name });
    await offerSetUp(SYSTEM, center);
    await logIssued(SYSTEM, center);
    // A database that was brought back from before has people who were erased since.
    await settleErasures(SYSTEM, center);
  });
  return center;
}

/**
 * Before anything is written there: with the bucket of another center this one would overwrite and clear away what is not its own.
 * One that is away is claimed once it answers: stations bring results meanwhile.
 * @throws Error where it is another center's
 */
async function claimed(objects: Objects, owner: string, onAway: (error: unknown) => void): Promise<Objects> {
  if (!objects.shared) return objects;
  const owned = ownedBy(objects, owner);
  await owned.mustBeOwn().catch((error: unknown) => {
    if (!(error instanceof ObjectsTrouble)) throw error;
    onAway(error);
  });
  return owned;
}

/** Whoever reads the log of the program hears it at each start. */
function warnOfTheEnd(center: Center, { log }: FastifyInstance): void {
  const end = issuingKeyEnds(center);
  if (end) log.warn({ end }, 'the issuing key ends: bring the root and make another one with keys issue');
}

const openGate = (wish: FacesWish | undefined, onTrouble: (error: unknown) => void): PhotoGate | undefined =>
  wish?.look ? openPhotoGate({ open: () => loadNetworks(wish.models), onTrouble }) : undefined;

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
