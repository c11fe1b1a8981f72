import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openJudging } from '../center/results/index.ts';
import { type Circumstances, type Facts, judge } from '../center/results/judge/index.ts';
import { batchOf, enrolStation, openTestCenter, soundRecordOf } from '../center/testing/index.ts';
import { operatorPaths } from '../contract/people-center/operator-api.ts';
import { Batch } from '../contract/records/batches.ts';
import { paths } from '../contract/station-center/center-api.ts';
import { Exam } from '../contract/words/exam.ts';
import { instant } from '../contract/words/ids.ts';
import { batchId, generateSigningKey, makeBank, makeItem } from '../proof/index.ts';
import { timingOf } from './measure.ts';

/** What the center spends on judging a record, against what it cannot do without: reading it, and one bare signature. */
export type RemarkBench = {
  readonly records: number;
  readonly answers: number;
  /** Milliseconds a record. */
  readonly parsed: number;
  readonly verified: number;
  readonly judged: number;
  /** With all that is asked of the database and written down there. */
  readonly filed: number;
  readonly ratios: { readonly judged: number; readonly filed: number };
  /** The longest that anything else had to wait while a batch was judged. */
  readonly stoodStillMs: number;
};

const [ANSWERS, ITEMS] = [100, 2_000];
const BANK = makeBank(
  { zh: '量一量' },
  Array.from({ length: ITEMS }, (_, n) =>
    makeItem({
      kind: 'single',
      stem: { zh: `第 ${n} 题` },
      options: ['甲', '乙', '丙', '丁'].map((zh) => ({ zh })),
      key: [n % 4],
      topic: `主题 ${n % 20}`,
    }),
  ),
);
const EXAM = Exam.parse({
  ...{ id: 'ex_bench', title: { zh: '量一量' }, mode: 'formal', bankId: BANK.id },
  blueprint: { rows: [{ kind: 'single', count: ANSWERS, marks: 1 }] },
  ...{ durationSeconds: 3600, passMarks: 60, attempts: 99, hosts: ['kiosk'] },
  recapture: {
    ...{ minSeconds: 20, maxSeconds: 40 },
    onOutcome: Object.fromEntries(
      ['no-face', 'several-faces', 'mismatch', 'not-live', 'uncertain'].map((what) => [what, { action: 'note' }]),
    ),
  },
});

const sat = (nth: number) => ({ exam: EXAM, bank: BANK, nth, candidateId: `cd_${nth}` });

export async function benchRemark(records: number): Promise<RemarkBench> {
  const center = await openTestCenter();
  try {
    const { app, secrets } = center;
    const headers = { authorization: `Bearer ${secrets.operatorToken}` };
    await app.inject({ method: 'POST', url: operatorPaths.exams, payload: { exam: EXAM, bank: BANK }, headers });
    const station = await enrolStation(app, secrets.enrolmentCode);
    const written = Array.from({ length: records }, (_, nth) =>
      soundRecordOf(station, { ...sat(nth), at: new Date(Date.now() + nth) }),
    );
    const batch = await batchOf(station, written);
    const parsed = perRecord(records, parsing(batch));
    const verified = bareVerify();
    const judged = perRecord(records, judging(written));
    await station.call('POST', paths.batches, batch);
    await center.center.db.query('UPDATE records SET judged = false');
    const loop = monitorEventLoopDelay({ resolution: 1 });
    loop.enable();
    const started = performance.now();
    const faults: unknown[] = [];
    await openJudging({ kind: 'system' }, center.center, (error) => faults.push(error)).batch(
      station.tenantId,
      batchId(batch),
    );
    const filed = (performance.now() - started) / records;
    loop.disable();
    if (faults.length > 0) throw faults[0];
    const least = parsed + verified;
    const ratios = { judged: judged / least, filed: filed / least };
    return { records, answers: ANSWERS, parsed, verified, judged, filed, ratios, stoodStillMs: loop.max / 1e6 };
  } finally {
    await center.close();
  }
}

export function remarkInWords({ records, answers, stoodStillMs, ratios, ...steps }: RemarkBench): string {
  const rows = (['parsed', 'verified', 'judged', 'filed'] as const).map(
    (name) => `${name.padEnd(20)} ${steps[name].toFixed(3).padStart(9)}`,
  );
  return `${records} records of ${answers} answers, ms a record
${rows.join('\n')}
judged ${ratios.judged.toFixed(2)} times, filed ${ratios.filed.toFixed(2)} times reading it and one signature; nothing else waited longer than ${stoodStillMs.toFixed(0)} ms
`;
}

function perRecord(records: number, work: () => void): number {
  work();
  return timingOf(Array.from({ length: 9 }, () => timed(work))).medianMs / records;
}

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function parsing(batch: Batch): () => void {
  const text = JSON.stringify(batch);
  return () => void Batch.parse(JSON.parse(text));
}

function bareVerify(): number {
  const key = createPrivateKey({ key: Buffer.from(generateSigningKey()), format: 'der', type: 'pkcs8' });
  const [data, open] = [Buffer.alloc(200, 1), createPublicKey(key)];
  const signature = sign(null, data, key);
  return perRecord(200, () => {
    for (let n = 0; n < 200; n++) verify(null, data, open, signature);
  });
}

function judging(records: ReturnType<typeof soundRecordOf>[]): () => void {
  const now = instant(new Date(Date.now() + 3_600_000));
  const facts: Facts = {
    since: instant(new Date(0)),
    proctors: new Set(records.flatMap(({ decisions }) => decisions.map(({ by }) => by))),
    visitorExamId: null,
    versionsOf: () => [EXAM],
    bankOf: () => BANK,
    candidate: () => ({ exams: new Set([EXAM.id]), extraMinutes: 0 }),
    wordOf: () => undefined,
    isStation: () => true,
  };
  const here: Circumstances = {
    ...{ receivedAt: now, certifiedAt: instant(new Date(0)), runsBefore: 0 },
    ...{ meanwhile: [], formTwice: false, placeTaken: false, studied: new Map(), onArrival: [] },
  };
  return () => {
    for (const record of records)
      if (judge({ record, facts, here }).length > 0) throw new Error('a sound record is disputed');
  };
}
