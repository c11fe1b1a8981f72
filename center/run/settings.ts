import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import type { Witness } from '../base/index.ts';
import type { ReplicaWish } from '../database/index.ts';
import type { StoreWish } from '../objects/index.ts';
import type { CityLogInWish } from '../platform-api/index.ts';
import type { BulletinWays } from '../schedules/index.ts';
import type { Seed } from '../seed/index.ts';
import type { TlsFiles } from '../tls/index.ts';
import { readBulletins } from './bulletin-settings.ts';
import { readStore } from './objects-wish.ts';
import { readTracing, type TracingWish } from './open-telemetry.ts';
import { readReplicas } from './replicas-wish.ts';
import { readWitnesses } from './witnesses.ts';

export const USAGE = `node center/main.ts [--port PORT] [--data DIR]
node center/main.ts tenant add --name NAME [--data DIR]
node center/main.ts administrator add --name NAME [--data DIR]
node center/main.ts administrator list|end [ID] [--data DIR]
node center/main.ts account add --login LOGIN --name NAME --role ROLE --organisation ID [--data DIR]
node center/main.ts account recover --login LOGIN [--data DIR]
node center/main.ts keys issue [--days DAYS] [--root FILE] [--stations-are-current] [--data DIR]
node center/main.ts keys take-offline --to FILE [--data DIR]
node center/main.ts keys revoke KEYID --root FILE [--data DIR]
node center/main.ts backup --to FILE [--without-media] [--with-keys] [--passphrase-file FILE] [--data DIR]
node center/main.ts backup --check FILE [--passphrase-file FILE]
node center/main.ts restore --from FILE [--passphrase-file FILE] [--nothing-newer] [--erasures FILE]... [--data DIR]
node center/main.ts log go-on --heads FILE... | --nothing-newer [--data DIR]

  tenant add  takes in another firm; its operator's token is written into a file under --data that only its owner may read.
              A center that keeps its database in that folder must not run meanwhile.

  administrator add
              makes a token for whoever runs the center for all firms, written into a file likewise: at the page /firms it takes in
              other firms while the center runs.

  administrator list, administrator end ID
              says who has or had such a token, as JSON; end ends one, and with it whoever signed in by it.

  account add
              makes an account of the platform; the secret with which its first password is set is written into a file likewise.
              account recover does the same for somebody who cannot log in any more: what they logged in with works no more.

  keys        as tenant add; beside a center on PostgreSQL also while it runs, which signs with what is new within ten seconds.
              issue: a new key to sign with every day (365 days), by the root, center.key; the one before it is erased. Stations
              whose program never said that it knows such keys would believe nothing more: they keep it from being made.
              take-offline: copies the root into FILE, tries the copy, and erases it here.
              revoke: ends an issuing key for good. --root is where the root is, once it is not here any more.

  backup      writes all that the center keeps into a new file, as of one moment, and reads it again. A center that keeps its
              database in that folder must not run meanwhile; one with DATABASE_URL may. --without-media leaves films and documents of
              courses out. --passphrase-file seals it with what is in that file; --with-keys, which takes one, puts the center's
              private keys in too. --check reads a backup to its end.
  restore     fills an empty database and the folder with a backup, also one of the other kind of database. The log takes nothing
              in until log go-on, unless --nothing-newer says that nothing was signed after that backup. Who was erased since is
              erased again, by the list beside the backup, that of the folder, and each --erasures FILE.
  log go-on   lets a restored log go on, where none of the heads that stations write (exam-station export --heads) is of a longer one.

  --port  where to listen; 0 takes a free port          EXAM_CENTER_PORT, 8480
  --data  folder for the key and the database           EXAM_CENTER_DATA, data/center
  --help

  DATABASE_URL              a PostgreSQL server instead of the folder
  EXAM_CENTER_REPLICA_URL   PostgreSQL servers that follow that one, with commas: lists, searches, bulletins and exports are asked there
  EXAM_CENTER_REPLICA_SECONDS  how far behind they may be (5)
  EXAM_CENTER_OBJECTS_URL   a bucket of a store that speaks the S3 API, https://HOST/BUCKET: films, photos and files lie there instead
                            of in the folder and the database, for several machines
  EXAM_CENTER_OBJECTS_REGION, EXAM_CENTER_OBJECTS_KEY_ID, EXAM_CENTER_OBJECTS_SECRET_FILE
                            its region (us-east-1), as whom it is asked, and a file with the secret of that
  EXAM_CENTER_OBJECTS_CA    a file with the authority that vouches for it (PEM), where that is none that everybody knows
  EXAM_CENTER_HOST          the address to listen on (127.0.0.1)
  EXAM_CENTER_SEED          none: no demo firm, exams and candidates on first start
  EXAM_CENTER_NAME          what the firm of the first start is called; else it waits to be named (/firm, exam-station firm rename)
  EXAM_CENTER_PARENT_STDIN  1: stop when standard input ends
  EXAM_CENTER_PROXY         addresses of proxies in front of it, with commas: their word on who asks, and that it is https, is taken
  EXAM_CENTER_TLS_CERT      a file with the certificate (PEM) and those that vouch for it: it then speaks https itself. Renewed
  EXAM_CENTER_TLS_KEY       files are taken up while it runs
  EXAM_CENTER_TLS           own: it speaks https with a certificate that it makes itself; stations know it by the center's key
  EXAM_CENTER_HSTS          1: browsers are told to come by https alone; 0: they are not (1 with a publicly trusted certificate)
  EXAM_CENTER_FACES         0: photos of candidates are taken as they are, and stations find out what is wrong with them
  EXAM_CENTER_MODELS        a folder with weights to look at photos with, before models/weights and ../shared/models
  EXAM_CENTER_OIDC_ISSUER   a city's own log-in (OpenID Connect), by which accounts of the platform log in as well
  EXAM_CENTER_OIDC_CLIENT_ID, EXAM_CENTER_OIDC_CLIENT_SECRET or EXAM_CENTER_OIDC_CLIENT_SECRET_FILE
                            what this center is there; it comes back to /v1/platform/oidc/callback
  EXAM_CENTER_OIDC_LOGIN    the claim that is somebody's login here, such as preferred_username; without it, only who has linked
                            their own account comes in that way
  EXAM_CENTER_ZONE          the time zone of the times on the pages: that of the rooms (Asia/Shanghai)
  EXAM_CENTER_ADDRESS       its address as everybody reaches it, such as https://center.example.com: certificates name it, so that who
                            scans one finds the center
  EXAM_CENTER_METRICS_TOKEN what GET /metrics takes as a bearer token, at least 16 characters; without it, it answers this machine alone
  OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME
                            where traces are sent (OpenTelemetry, OTLP over HTTP), and as what (exam-center); nowhere without it
  EXAM_CENTER_HOOKS         inside: webhooks may lead to addresses of inner networks too
  EXAM_CENTER_BULLETINS     a folder into which bulletins that come by themselves are put, outside of the data folder
  EXAM_CENTER_SMTP_URL      a server that takes e-mail with them: smtps://HOST or smtp://HOST (TLS has to begin there, except on this
                            machine), with USER@ before HOST where it asks who sends
  EXAM_CENTER_SMTP_FROM     the address that they come from
  EXAM_CENTER_SMTP_PASSWORD_FILE  a file with that user's password
  EXAM_CENTER_LOG_NAME      what witnesses know the log by, such as log.example.com/exams; said once, before the first witness
  EXAM_CENTER_WITNESSES     whose cosignatures of the log are kept: KEY or KEY URL, as witness init prints it, with commas
`;

/** Where nobody says another. */
export const USUAL_ZONE = 'Asia/Shanghai';

/** Whether photos are looked at as they come in. */
export type FacesWish = {
  readonly look: boolean;
  /** A folder that is looked into for weights before the usual ones. */
  readonly models: string | undefined;
};

export type Settings = {
  readonly faces: FacesWish;
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly databaseUrl: string | undefined;
  /** Servers that follow the one of `databaseUrl`. */
  readonly replicas: ReplicaWish | undefined;
  /** Where films, photos and files are, where it is not that folder. */
  readonly store: StoreWish | undefined;
  readonly seed: Seed;
  /** Of the firm that the first start makes. */
  readonly name: string | undefined;
  readonly stopWithParent: boolean;
  /** A time zone by its IANA name. */
  readonly zone: string;
  /** Its address as everybody reaches it; nothing where nobody says. */
  readonly address: string | undefined;
  /** Where messages to other programs may go. */
  readonly hooks: { readonly inside: boolean };
  /** Where bulletins that come by themselves can go. */
  readonly bulletins: BulletinWays;
  readonly logName: string | undefined;
  readonly witnesses: readonly Witness[];
  /** Addresses of proxies in front of it; without any nobody's word is taken on who asks. */
  readonly proxies: readonly string[];
  /** How it speaks https itself; nothing where it does not. */
  readonly tls: TlsWish | undefined;
  /** Whether browsers are to come by https alone; by the certificate where nobody says. */
  readonly hsts: boolean | undefined;
  /** Where traces are sent. */
  readonly tracing: TracingWish | undefined;
  readonly metricsToken: string | undefined;
  /** A city's own log-in. */
  readonly oidc: CityLogInWish | undefined;
};

export type TlsWish = 'own' | TlsFiles;

export const dataFolder = (given: string | undefined, env: NodeJS.ProcessEnv): string =>
  given ?? (env.EXAM_CENTER_DATA || 'data/center');

/**
 * Settings from the command line and, where it is silent, the environment; `help` where that was asked for.
 * @throws Error with a sentence for the person who typed it
 */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): Settings | 'help' {
  const options = { port: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return 'help';
  const tls = readTls(env);
  const data = dataFolder(values.data, env);
  return {
    port: readPort(values.port ?? (env.EXAM_CENTER_PORT || '8480')),
    host: readHost(env.EXAM_CENTER_HOST || '127.0.0.1', tls),
    data,
    databaseUrl: env.DATABASE_URL || undefined,
    ...{ replicas: readReplicas(env), store: readStore(env) },
    seed: readSeed(env.EXAM_CENTER_SEED || 'demo'),
    name: readName(env.EXAM_CENTER_NAME ?? ''),
    stopWithParent: env.EXAM_CENTER_PARENT_STDIN === '1',
    zone: readZone(env.EXAM_CENTER_ZONE || USUAL_ZONE),
    address: readAddress(env.EXAM_CENTER_ADDRESS ?? ''),
    hooks: { inside: readHooks(env.EXAM_CENTER_HOOKS ?? '') },
    bulletins: readBulletins(env, data),
    logName: env.EXAM_CENTER_LOG_NAME || undefined,
    witnesses: readWitnesses(env.EXAM_CENTER_WITNESSES ?? ''),
    proxies: readProxies(env.EXAM_CENTER_PROXY ?? ''),
    faces: { look: readFaces(env.EXAM_CENTER_FACES ?? ''), models: env.EXAM_CENTER_MODELS || undefined },
    ...{ tls, hsts: readHsts(env.EXAM_CENTER_HSTS ?? '', tls), oidc: readOidc(env) },
    tracing: readTracing(env),
    metricsToken: readMetricsToken(env.EXAM_CENTER_METRICS_TOKEN || undefined),
  };
}

function readHooks(text: string): boolean {
  if (text !== '' && text !== 'inside') throw new Error(`EXAM_CENTER_HOOKS is ${text}: it takes inside`);
  return text === 'inside';
}

/** Looked at unless somebody says otherwise. */
function readFaces(text: string): boolean {
  if (!['', '0', '1'].includes(text)) throw new Error(`EXAM_CENTER_FACES is ${text}: it takes 1 or 0`);
  return text !== '0';
}

function readMetricsToken(token: string | undefined): string | undefined {
  if (token !== undefined && !/^[\w-]{16,128}$/.test(token))
    throw new Error('EXAM_CENTER_METRICS_TOKEN takes 16 to 128 letters, figures, - and _');
  return token;
}

function readOidc(env: NodeJS.ProcessEnv): CityLogInWish | undefined {
  const { EXAM_CENTER_OIDC_ISSUER: issuer = '', EXAM_CENTER_OIDC_CLIENT_ID: clientId = '' } = env;
  const { EXAM_CENTER_OIDC_CLIENT_SECRET: secret = '', EXAM_CENTER_OIDC_CLIENT_SECRET_FILE: file = '' } = env;
  if (!issuer) {
    if (clientId || secret || file) throw new Error('EXAM_CENTER_OIDC_… go with EXAM_CENTER_OIDC_ISSUER');
    return undefined;
  }
  if (!isIssuer(issuer))
    throw new Error(`EXAM_CENTER_OIDC_ISSUER is ${issuer}: it takes an https address, or http on this machine`);
  if (secret && file) throw new Error('EXAM_CENTER_OIDC_CLIENT_SECRET and …_FILE do not go together');
  const clientSecret = secret || (file ? readFileSync(file, 'utf8').trim() : '');
  if (!clientId || !clientSecret)
    throw new Error('EXAM_CENTER_OIDC_ISSUER takes EXAM_CENTER_OIDC_CLIENT_ID and a secret with it');
  return { issuer, clientId, clientSecret, loginClaim: env.EXAM_CENTER_OIDC_LOGIN || undefined };
}

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}

function readTls(env: NodeJS.ProcessEnv): TlsWish | undefined {
  const { EXAM_CENTER_TLS: own = '', EXAM_CENTER_TLS_CERT: cert = '', EXAM_CENTER_TLS_KEY: key = '' } = env;
  if (own !== '' && own !== 'own') throw new Error(`EXAM_CENTER_TLS is ${own}: it takes own`);
  if ((cert === '') !== (key === '')) throw new Error('EXAM_CENTER_TLS_CERT and EXAM_CENTER_TLS_KEY go together');
  if (own && cert) throw new Error('EXAM_CENTER_TLS=own and EXAM_CENTER_TLS_CERT do not go together');
  if (own) return 'own';
  return cert ? { cert, key } : undefined;
}

function readHsts(text: string, tls: TlsWish | undefined): boolean | undefined {
  if (!['', '0', '1'].includes(text)) throw new Error(`EXAM_CENTER_HSTS is ${text}: it takes 1 or 0`);
  // A browser that was told so lets nobody past a certificate that it does not know, and the next one is another again.
  if (text === '1' && tls === 'own')
    throw new Error('EXAM_CENTER_HSTS=1 would lock browsers out with EXAM_CENTER_TLS=own');
  if (text === '1' && !tls) throw new Error('EXAM_CENTER_HSTS=1 is for a center that speaks https itself');
  return text === '' ? undefined : text === '1';
}

/** One address: a second listener, which that name may have, would not hear of a renewed certificate. */
const readHost = (host: string, tls: TlsWish | undefined): string => (tls && host === 'localhost' ? '127.0.0.1' : host);

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new Error(`${text} is no port: it takes a number from 0 to 65535`);
  return port;
}

function readSeed(text: string): Seed {
  if (text !== 'demo' && text !== 'none') throw new Error(`EXAM_CENTER_SEED is ${text}: it takes demo or none`);
  return text;
}

function readName(text: string): string | undefined {
  const name = text.trim();
  if (name.length > 100) throw new Error('EXAM_CENTER_NAME takes 100 letters at the most');
  return name || undefined;
}

function readProxies(text: string): readonly string[] {
  const proxies = text.split(',').map((one) => one.trim());
  const wrong = proxies.find((one) => one !== '' && !isNetwork(one));
  if (wrong) throw new Error(`EXAM_CENTER_PROXY is ${text}: it takes addresses, such as 127.0.0.1`);
  return proxies.filter((one) => one !== '');
}

/** An address, or a network such as `10.0.0.0/8`. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    longest > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
  );
}

function readAddress(text: string): string | undefined {
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username)
    throw new Error(
      `EXAM_CENTER_ADDRESS is ${text}: it takes an address without a path, such as https://center.example.com`,
    );
  return url.origin;
}

function readZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new Error(`EXAM_CENTER_ZONE is ${text}: it takes a time zone, such as ${USUAL_ZONE}`);
  }
}
