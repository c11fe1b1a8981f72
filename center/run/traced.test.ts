import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { paths } from '../../contract/station-center/center-api.ts';
import { batchOf, enrolStation, openTestCenter, recordOf, type TestCenter } from '../testing/index.ts';
import { readTracing } from './open-telemetry.ts';
import { nameOfStatement } from './traced.ts';

const Attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const SpanSent = z.object({
  ...{ traceId: z.string(), spanId: z.string(), parentSpanId: z.string().optional(), name: z.string(), kind: z.int() },
  ...{ attributes: z.array(Attribute).default([]), status: z.object({ code: z.int().optional() }) },
});
const Sent = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(Attribute) }),
      scopeSpans: z.array(z.object({ spans: z.array(SpanSent) })),
    }),
  ),
});

/** What a receiver of OTLP got, as it came. */
const bodies: string[] = [];
const asked: string[] = [];
const receiver = createServer(async (request, reply) => {
  asked.push(`${request.method} ${request.url} ${request.headers['content-type']}`);
  bodies.push(await text(request));
  reply.setHeader('content-type', 'application/json').end('{}');
});
let open: TestCenter;
let spans: z.infer<typeof SpanSent>[];
let resources: string;
const TRACE = 'a'.repeat(32);

beforeAll(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  open = await openTestCenter({ tracing: { endpoint: `http://127.0.0.1:${port}`, service: 'exams' } });
  const station = await enrolStation(open.app, open.secrets.enrolmentCode);
  const batch = await batchOf(station, [recordOf(station)]);
  expect((await station.call('POST', paths.batches, batch)).statusCode).toBe(200);
  const headers = {
    traceparent: `00-${TRACE}-${'b'.repeat(16)}-01`,
    authorization: `Bearer ${open.secrets.operatorToken}`,
  };
  expect((await open.app.inject({ url: '/v1/operator/candidates?secret=zhang', headers })).statusCode).toBe(200);
  await open.app.inject({ url: '/v1/operator/audit?after=secret', headers: { traceparent: 'no such thing' } });
  // What was written down is sent before it ends.
  await open.close();
  const sent = bodies.map((body) => Sent.parse(JSON.parse(body)));
  spans = sent.flatMap(({ resourceSpans }) => resourceSpans.flatMap((one) => one.scopeSpans.flatMap((of) => of.spans)));
  resources = JSON.stringify(sent.flatMap(({ resourceSpans }) => resourceSpans.map(({ resource }) => resource)));
});
afterAll(() => void receiver.close());

test('requests are sent as OTLP, named by their route, as a part of what they were asked for', () => {
  expect(new Set(asked)).toEqual(new Set(['POST /v1/traces application/json']));
  const request = spans.find(({ name }) => name === 'GET /v1/operator/candidates');
  expect(request).toMatchObject({ traceId: TRACE, parentSpanId: 'b'.repeat(16), kind: 2 });
  expect(request?.attributes.map(({ key }) => key).toSorted()).toEqual([
    ...['http.request.method', 'http.response.status_code', 'http.route'],
  ]);
  const other = spans.find(({ name }) => name === 'GET /v1/operator/audit');
  expect(other?.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect([other?.traceId === TRACE, other?.parentSpanId]).toEqual([false, undefined]);
  expect(resources).toContain('"exams"');
});

test('statements are a part of the request that asks them, and so is a batch that comes in', () => {
  const request = spans.find(({ name }) => name === 'GET /v1/operator/candidates');
  const within = spans.filter(({ traceId, kind }) => traceId === TRACE && kind === 3);
  expect(within.map(({ name }) => name)).toContain('SELECT operators');
  expect(within.some(({ parentSpanId }) => parentSpanId === request?.spanId)).toBe(true);
  const ingest = spans.find(({ name }) => name === `POST ${paths.batches}`);
  const its = spans.filter(({ traceId }) => traceId === ingest?.traceId);
  expect(its.map(({ name }) => name)).toContain('INSERT records');
});

test('nothing that somebody wrote is in any of them', () => {
  const all = bodies.join('\n');
  for (const secret of ['secret', 'zhang', open.secrets.operatorToken, '110105', '张', 'tn_', 'cd_demo', 'SELECT id'])
    expect([secret, all.includes(secret)]).toEqual([secret, false]);
});

test('a statement is named by what it does and with which table', () => {
  expect(nameOfStatement(" SELECT a FROM candidates WHERE name = '张'")).toBe('SELECT candidates');
  expect(nameOfStatement('INSERT INTO records (a) VALUES ($1)')).toBe('INSERT records');
  expect(nameOfStatement('UPDATE jobs SET a = 1')).toBe('UPDATE jobs');
  expect(nameOfStatement('BEGIN')).toBe('STATEMENT');
});

test('traces go by https, or to this machine; and nowhere where nobody says', () => {
  expect(readTracing({})).toBeUndefined();
  expect(readTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otel.example/' })).toEqual({
    ...{ endpoint: 'https://otel.example', service: 'exam-center' },
  });
  const refused = (endpoint: string) => expect(() => readTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }));
  for (const endpoint of ['http://otel.example:4318', 'otel.example', 'file:///etc'])
    refused(endpoint).toThrow('takes an https address');
  // What is refused is printed: a password that stands in it is not.
  for (const endpoint of [
    'https://me:secret@otel.example',
    'https://:secret@otel.example',
    'http://me:secret@otel.example',
  ])
    refused(endpoint).toThrow(/^(?!.*secret).*takes an https address/);
});
