import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { keyId } from '../../proof/index.ts';
import { makePrivateFolder } from '../../proof/secrets/private-files.ts';
import { offerSetUp } from '../accounts/index.ts';
import { anchorAudit } from '../audit/index.ts';
import { type Center, inSpan, type PhotoGate, type Tracer, type Witness } from '../base/index.ts';
import { bulletinExport } from '../bulletin/index.ts';
import { certificatesExport, withCertificates } from '../certificates/index.ts';
import { type Database, onWay, openDatabase, type ReplicaWish, type Way } from '../database/index.ts';
import { eraseOldEvidence } from '../evidence/index.ts';
import { loadNetworks, openPhotoGate } from '../faces/index.ts';
import { type Ways as HookWays, hookDelivery } from '../hooks/index.ts';
import { type Jobs, openJobs } from '../jobs/index.ts';
import { clearMediaDrafts, foldToLearn, statementsExport } from '../learning/index.ts';
import {
  type Asking,
  issuingKeyEnds,
  keepAskingWitnesses,
  mustGoOn,
  openCenterKey,
  openLogName,
} from '../log/index.ts';
import { type Metrics, openMetrics } from '../metrics/index.ts';
import type { StoreWish } from '../objects/index.ts';
import program from '../package.json' with { type: 'json' };
import { erasePhotos, foldToSit } from '../people/index.ts';
import type { CityLogInWish } from '../platform-api/index.ts';
import { type Judging, openJudging, resultsExport } from '../results/index.ts';
import { askForErasing, erasing, settleErasures } from '../retention/index.ts';
import { type BulletinWays, bulletinIssue, giveOutDue } from '../schedules/index.ts';
import { firstRunFile, firstStart, type Seed, SYSTEM } from '../seed/index.ts';
import { logIssued } from '../stations/index.ts';
import { keepFromFiles, keepOwn, type TlsKeeper } from '../tls/index.ts';
import { buildApp } from './app.ts';
import { anchorIn } from './audit-anchor.ts';
import { openObjects } from './objects-wish.ts';
import { openTracer, type TracingWish } from './open-telemetry.ts';
import { SCHEMA } from './schema.ts';
import { type FacesWish, type TlsWish, USUAL_ZONE } from './settings.ts';
import { sweepAll } from './sweeping.ts';
import { tracedDatabase, tracedJobs } from './traced.ts';

/** So often new checkpoints are brought to witnesses. */
const ASK_MS = 5_000;
const UPKEEP: Way = { lane: 'upkeep' };

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

const ANCHOR_LOOK_MS = 300_000;
const READ_KEYS_MS = 10_000;
const GIVE_OUT_MS = 30_000;

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
  let app: FastifyInstance | undefined;
  let asking: Asking | undefined;
  let anchoring: NodeJS.Timeout | undefined;
  let readingKeys: NodeJS.Timeout | undefined;
  let giving: NodeJS.Timeout | undefined;
  let tls: TlsKeeper | undefined;
  let photoGate: PhotoGate | undefined;
  const onReplica = (replica: string, state: string): void =>
    app?.log[state === 'used' ? 'info' : 'warn']({ replica, state }, 'a replica of the database');
  const storage = { url: options.databaseUrl, data, opened: options.database, replicas: options.replicas, onReplica };
  const tracer = options.tracing && (await openTracer(options.tracing, program.version));
  const opened = await openDatabase(storage, SCHEMA, (error) =>
    app?.log.warn({ err: error }, 'a database connection broke'),
  );
  const db = tracer ? tracedDatabase(opened, tracer) : opened;
  const walled = await onWay(UPKEEP, async () => db.raiseWalls?.());
  const stopping = new AbortController();
  const objects = openObjects(options.store, data);
  let judged = Promise.resolve();
  let kept = Promise.resolve();
  let judging: Judging | undefined;
  let jobs: Jobs | undefined;
  const close = async (): Promise<void> => {
    await asking?.stop();
    stopping.abort();
    await judged;
    clearInterval(anchoring);
    clearInterval(readingKeys);
    clearInterval(giving);
    tls?.stop();
    await jobs?.stop();
    await app?.close();
    await judging?.stop();
    await photoGate?.close();
    await kept;
    objects.close();
    await db.close();
    await tracer?.close();
  };
  try {
    const now = options.now ?? (() => new Date());
    // Another center may be starting on this database: for that one it waits as long as it takes.
    const { signer, keys, readAnew } = await onWay(UPKEEP, () => openCenterKey(data, db, now));
    await clearMediaDrafts(data);
    const logName = await onWay(UPKEEP, () => openLogName(db, keys.root, options.logName));
    const witnesses = options.witnesses ?? [];
    photoGate =
      options.photoGate ??
      openGate(options.faces, (error) => app?.log.warn({ err: error }, 'photos are not looked at'));
    const said = { logName, witnesses, address: options.address };
    const center: Center = {
      ...{ db, data, objects, signer, keys, readKeysAnew: readAnew },
      ...{ ...said, now, photoGate },
    };
    await onWay(UPKEEP, () => firstStart(center, data, { seed: options.seed ?? 'demo', name: options.name }));
    await onWay(UPKEEP, () => offerSetUp(SYSTEM, center));
    await onWay(UPKEEP, () => logIssued(SYSTEM, center));
    // A database that was brought back from before has people who were erased since.
    await onWay(UPKEEP, () => settleErasures(SYSTEM, center));
    const { logger = false, zone = USUAL_ZONE, proxies, hsts, oidc, bulletins = {} } = options;
    tls = await openTls(options.tls, center, (error) =>
      app?.log.warn({ err: error }, 'the certificate was not renewed'),
    );
    // What the program does by itself it does for all firms, whoever's request began it.
    const everywhere: Center = { ...center, db: db.as('*') };
    const metrics = openMetrics(SYSTEM, everywhere);
    const judges = openJudging(SYSTEM, everywhere, (error) => {
      metrics.job('judging', 'failed');
      app?.log.error({ err: error }, 'records could not be judged');
    });
    judging = withCertificates(SYSTEM, everywhere, judges, (error) =>
      app?.log.error({ err: error }, 'certificates could not be issued'),
    );
    const { metricsToken } = options;
    app = buildApp(center, {
      ...{ version: program.version, logger, zone, judging, proxies, tls, hsts, oidc, bulletins },
      ...{ metrics, metricsToken, tracer },
    });
    await app.ready();
    if (tls) tellCertificate(app, tls);
    warnOfTheEnd(center, app);
    if (!walled)
      app.log.warn(
        'the database server does not let this program make or use the role exam_center_walled: no walls stand',
      );
    await mustGoOn(db).catch((error: unknown) =>
      app?.log.warn({ err: error }, 'the log goes on once somebody has looked: log go-on'),
    );
    asking = keepAskingWitnesses(center, ASK_MS, (asked) => {
      metrics.job('asking-witnesses', asked.said === 'cosigned' ? 'done' : 'failed');
      app?.log.info(asked, 'a witness was asked');
    });
    const fold = async (): Promise<void> => {
      for (const one of [foldToSit, foldToLearn]) await one(db);
      await eraseOldEvidence(SYSTEM, center);
      await askForErasing(everywhere);
    };
    judged = judgeWhatWaits(
      judging,
      metrics,
      tracer,
      () => fold().catch((error) => app?.log.warn({ err: error }, 'no counters were folded')),
      stopping.signal,
    );
    anchoring = keepAnchoring(center, metrics, (error) =>
      app?.log.warn({ err: error }, 'the audit log was not anchored'),
    );
    kept = keepObjects(
      everywhere,
      metrics,
      (error) => app?.log.warn({ err: error }, 'objects were not looked after'),
      stopping.signal,
    );
    if (options.jobs !== false)
      jobs = openJobs(center, {
        kinds: tracedJobs(
          {
            'results-export': resultsExport(SYSTEM, center),
            'certificates-export': certificatesExport(SYSTEM, center),
            'statements-export': statementsExport(SYSTEM, center),
            'bulletin-export': bulletinExport(SYSTEM, center),
            'bulletin-issue': bulletinIssue(SYSTEM, center, bulletins, (outcome) => metrics.job('bulletins', outcome)),
            retention: erasing(SYSTEM, everywhere),
            'hook-delivery': hookDelivery(center, options.hooks ?? { inside: false }),
          },
          tracer,
        ),
        alone: options.databaseUrl === undefined,
        onFault: (error) => app?.log.warn({ err: error }, 'a job did not come to its end'),
      });
    giving = keepGivingOut(everywhere, (error) => app?.log.warn({ err: error }, 'no bulletins were given out'));
    readingKeys = keepReadingKeys(center, (error) => app?.log.warn({ err: error }, 'the keys were not read'));
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

const AGAIN_MS = 10 * 60_000;

/** What an earlier program logged, and what a crash or a fault left; beside everything else there is to do. */
async function judgeWhatWaits(
  judging: Judging,
  metrics: Metrics,
  tracer: Tracer | undefined,
  fold: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await inSpan(tracer, { name: 'judging' }, () => judging.all(signal));
    metrics.job('judging', 'done');
    // What is counted meanwhile lies in many small rows.
    await fold();
    await setTimeout(AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** What `keys revoke` and `keys issue` do beside a center that runs counts soon, and in a receipt at once. */
const keepReadingKeys = ({ readKeysAnew }: Center, onTrouble: (error: unknown) => void): NodeJS.Timeout =>
  setInterval(() => readKeysAnew().catch(onTrouble), READ_KEYS_MS).unref();

const [ERASE_MS, SWEEP_MS] = [10_000, 12 * 3_600_000];

/** Erases what is to be erased in the store, soon; and twice a day clears away what nobody names. */
async function keepObjects(
  center: Center,
  metrics: Metrics,
  onTrouble: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  await center.objects.answers().catch(onTrouble);
  let sweepAt = Date.now() + SWEEP_MS * Math.random();
  while (!signal.aborted) {
    await onWay(UPKEEP, () => erasePhotos(SYSTEM, center)).catch(onTrouble);
    if (Date.now() > sweepAt) {
      sweepAt = Date.now() + SWEEP_MS;
      await onWay(UPKEEP, () => sweepAll(center, signal)).then(
        () => metrics.job('sweeping', 'done'),
        (error) => {
          metrics.job('sweeping', 'failed');
          onTrouble(error);
        },
      );
    }
    await setTimeout(ERASE_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** Bulletins are due by the hour. */
const keepGivingOut = (center: Center, onTrouble: (error: unknown) => void): NodeJS.Timeout =>
  setInterval(() => void onWay(UPKEEP, () => giveOutDue(SYSTEM, center)).catch(onTrouble), GIVE_OUT_MS).unref();

/** Looks now and then whether a line of the audit log has waited long enough. */
function keepAnchoring(center: Center, metrics: Metrics, onTrouble: (error: unknown) => void): NodeJS.Timeout {
  const look = (): Promise<void> =>
    anchorAudit(center.db, anchorIn(center), center.now(), 'due').then(
      () => metrics.job('anchoring', 'done'),
      (error) => {
        metrics.job('anchoring', 'failed');
        onTrouble(error);
      },
    );
  return setInterval(look, ANCHOR_LOOK_MS).unref();
}
