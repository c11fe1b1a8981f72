/** What the tests of this folder share: a center that is gone afterwards, and stations that talk to it. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import pg from 'pg';
import { PutProctor } from '../../contract/people-center/operator-api.ts';
import type { Batch, BatchHeader } from '../../contract/records/batches.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import {
  Assignment,
  AUTH_SCHEME,
  type EnrolReply,
  paths,
  type RequestStatement,
  type SignedAssignment,
} from '../../contract/station-center/center-api.ts';
import { CandidateId, instant, SittingId, TenantId } from '../../contract/words/ids.ts';
import type { FirstRun } from '../../contract/words/programs.ts';
import {
  batchId,
  generateSigningKey,
  openSigner,
  proveKey,
  rootOfRecords,
  type Signer,
  sealRecord,
  sha256,
} from '../../proof/index.ts';
import { type Database, openPostgres } from '../database/index.ts';
import { foundFirm } from '../organisations/index.ts';
import { putProctor } from '../people/index.ts';
import { type CenterOptions, type OpenCenter, openCenter } from '../run/index.ts';
import { addEnrolmentCode, stationOfTenant } from '../stations/index.ts';
import { type ActingStation, addOperator, makeOperatorToken, type System } from '../tenants/index.ts';
import { openMemory, openMigrated } from './memory.ts';

export { openMemory } from './memory.ts';
export { routesOf } from './routes.ts';

export type TestCenter = OpenCenter & { readonly secrets: FirstRun };

/**
 * A center in a folder of its own, in memory; or, where EXAM_CENTER_TEST_DATABASE_URL names a PostgreSQL server, in a
 * new database there.
 */
export async function openTestCenter(options: Partial<CenterOptions> = {}): Promise<TestCenter> {
  const data = await mkdtemp(join(tmpdir(), 'exam-center-'));
  const opened = await openCenter({ data, ...options, database: options.database ?? (await openWithTables()) });
  const secrets: FirstRun = JSON.parse(await readFile(opened.firstRun, 'utf8'));
  const close = async (): Promise<void> => {
    await opened.close();
    await rm(data, { recursive: true });
  };
  return { ...opened, secrets, close };
}

/** A database as a center leaves it that was only started: in memory, or a new one on that server. */
async function openWithTables(): Promise<Database> {
  const server = process.env.EXAM_CENTER_TEST_DATABASE_URL;
  return server ? openPostgres(await createDatabase(server), () => {}) : openMigrated();
}

/** A database without a table: in memory, or a new one on that server. */
export async function openEmpty(): Promise<Database> {
  const server = process.env.EXAM_CENTER_TEST_DATABASE_URL;
  return server ? openPostgres(await createDatabase(server), () => {}) : openMemory();
}

/** The address of a new database on that server. */
export function urlOfEmpty(): Promise<string> {
  const server = process.env.EXAM_CENTER_TEST_DATABASE_URL;
  if (!server) throw new Error('EXAM_CENTER_TEST_DATABASE_URL names no server');
  return createDatabase(server);
}

/** @returns where a new database on that server is */
export async function createDatabase(server: string): Promise<string> {
  const name = `center_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client(server);
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

const SYSTEM: System = { kind: 'system' };

/** A tenant beside the seeded one, with a way in for an operator and for a station. */
export async function addOtherTenant(
  { center }: OpenCenter,
  called = 'tn_other',
  name = '别家企业',
): Promise<{ token: string; code: string }> {
  const id = TenantId.parse(called);
  const token = makeOperatorToken();
  await foundFirm(SYSTEM, center.db, { id, name });
  await addOperator(SYSTEM, center.db, id, token);
  return { token, code: await addEnrolmentCode(SYSTEM, center.db, id, new Date()) };
}

/** A proctor with a PIN, as the program itself puts one in: an operator has no way to. */
export async function addProctor({ center }: OpenCenter, tenantId: string, proctor: object): Promise<void> {
  await putProctor(SYSTEM, center.db, TenantId.parse(tenantId), PutProctor.parse(proctor));
}

/** Somebody in front of the pages: the cookie of their session. */
export async function signIn(app: FastifyInstance, token: string): Promise<string> {
  const reply = await app.inject(`/?token=${token}`);
  return String(reply.headers['set-cookie']).split(';')[0] ?? '';
}

/** What the forms of a page hold that was shown. */
export const formTokenIn = (page: string): string => page.match(/name="form" value="(\w+)"/)?.[1] ?? '';

export async function newCode(app: FastifyInstance, token: string): Promise<string> {
  const reply = await app.inject({
    method: 'POST',
    url: '/v1/operator/codes',
    headers: { authorization: `Bearer ${token}` },
  });
  return reply.json<{ code: string }>().code;
}

export const newSigner = (): Signer => openSigner(generateSigningKey());

export const enrolWith = (
  app: FastifyInstance,
  code: string,
  signer: Signer,
  name = '一号考站',
): Promise<LightMyRequestResponse> =>
  app.inject({
    ...{ method: 'POST', url: paths.enrol },
    payload: { code, publicKey: signer.publicKey, name, proof: proveKey(signer, code) },
  });

export type TestStation = EnrolReply & {
  readonly signer: Signer;
  /** The private key behind the signer. */
  readonly secret: Uint8Array;
  readonly call: Call;
  readonly assignment: () => Promise<Assignment>;
};
type Call = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  lie?: Lie,
) => Promise<LightMyRequestResponse>;
/** What a request does differently from what it signs. */
export type Lie = {
  readonly statement?: Partial<RequestStatement>;
  readonly signer?: Signer;
  readonly send?: string;
  /** What is not signed at all. */
  readonly headers?: Readonly<Record<string, string>>;
};

export async function enrolStation(app: FastifyInstance, code: string, name?: string): Promise<TestStation> {
  const secret = generateSigningKey();
  const signer = openSigner(secret);
  const enrolled = (await enrolWith(app, code, signer, name)).json<EnrolReply>();
  const call: Call = (method, path, body, lie = {}) => {
    const payload = body === undefined ? '' : JSON.stringify(body);
    const statement = {
      stationId: enrolled.stationId,
      method,
      path,
      bodyHash: sha256(payload),
      at: instant(new Date()),
      ...lie.statement,
    };
    const authorization = `${AUTH_SCHEME} ${(lie.signer ?? signer).sign('exam-station/request', statement)}`;
    const headers = { authorization, ...(payload && { 'content-type': 'application/json' }), ...lie.headers };
    return app.inject({ method, url: path, headers, payload: lie.send ?? payload });
  };
  const assignment = async (): Promise<Assignment> =>
    Assignment.parse(JSON.parse((await call('GET', paths.assignment)).json<SignedAssignment>().assignment));
  return { ...enrolled, signer, secret, call, assignment };
}

/** A station as use cases know it. */
export async function actingAs({ center }: OpenCenter, { tenantId, stationId }: EnrolReply): Promise<ActingStation> {
  const station = await stationOfTenant(SYSTEM, center.db, tenantId, stationId);
  if (!station) throw new Error(`no station ${stationId}`);
  return { kind: 'station', ...station };
}

/**
 * A record that this station may sign, of an exam that is just over. What it does not say otherwise agrees with what it says.
 * `changes` may break the schema: tests of refusals want that.
 */
export function recordOf(
  station: EnrolReply,
  changes: Partial<Record<keyof ExamRecord | 'learning', unknown>> = {},
): ExamRecord {
  const { marks = 86, passMarks = 80 } = changes as Partial<ExamRecord>;
  const now = instant(new Date());
  const record = {
    format: 'exam-station/record@1',
    stationId: station.stationId,
    tenantId: station.tenantId,
    sittingId: SittingId.parse(`si_${randomBytes(8).toString('hex')}`),
    candidateId: CandidateId.parse('cd_demo-1'),
    exam: { id: 'ex_demo', title: { zh: '通用安全知识考试', en: 'General Safety Exam' }, mode: 'formal' },
    form: {
      bankId: 'bk_x',
      bankHash: sha256('bank'),
      blueprintHash: sha256('rows'),
      seed: 's',
      formHash: sha256('form'),
    },
    identifiedBy: 'card',
    identity: { how: 'verified', similarity: 0.71, live: 0.98, calibration: 'test' },
    startedAt: now,
    submittedAt: now,
    cause: 'handed-in',
    activeMs: 590_000,
    marks,
    fullMarks: 100,
    passMarks,
    passed: marks >= passMarks,
    answers: [{ itemId: 'it_1', chosen: ['op_1'], marks }],
    incidents: [],
    decisions: [],
    ledger: { sequence: 12, head: sha256('ledger') },
    ...changes,
  };
  return ExamRecord.parse(record);
}

/** A batch as the station would sign it, after `previous`. `changes` go into the signed header. */
export async function batchOf(
  station: TestStation,
  records: readonly ExamRecord[],
  previous: { readonly number: number; readonly batch: Batch } | null = null,
  changes: Partial<BatchHeader> = {},
): Promise<Batch> {
  const unsigned: Batch = { format: 'exam-station/batch@1', header: '', records };
  const header = {
    stationId: station.stationId,
    number: (previous?.number ?? 0) + 1,
    previous: previous && batchId(previous.batch),
    size: records.length,
    root: await rootOfRecords(records.map(sealRecord)),
    createdAt: instant(new Date()),
    ...changes,
  };
  return { ...unsigned, header: station.signer.sign('exam-station/batch', header) };
}

export { type BucketServer, startBucket } from './bucket-server.ts';
export { type AtHome, cookieOf, enterAt, FROM_HERE, inviteAt, signInAt } from './home.ts';
export { addPlace, joinAt, loggedIn, PASSWORD, type Person, personAt, roleAt, setUpAt } from './logged-in.ts';
export { type Asked, accountAt, platformOf } from './platform.ts';
export { type PostgresServer, startPostgres } from './postgres-server.ts';
export { type Sat, soundRecordOf } from './sound-record.ts';
