import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyFiles } from '../../cli/verify-files.ts';
import type { Instant } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import {
  type Exported,
  fileOf,
  inLog,
  MORNING,
  openForge,
  payloadIn,
  satOf,
  signText,
} from '../../proof/exported.fixture.ts';
import { batchId } from '../../proof/index.ts';
import type { Attack, Attacker, Outcome } from './attack.ts';

type Files = { readonly files: readonly Exported[]; readonly key: PublicKey | undefined };
type Forged = {
  readonly name: string;
  readonly attacker: Attacker;
  readonly does: string;
  readonly outcome: Outcome;
  readonly by: string;
  /** What `verify` must say of a file: reason, verdict or remark. */
  readonly told: string;
  make(): Promise<Files>;
};

type Said = {
  readonly verdict: string;
  readonly reason?: string;
  readonly remarks?: readonly { readonly code: string }[];
};

/** When it is run. */
const NEW_YEAR = '2027-01-01T00:00:00.000Z' as Instant;

/** `cli verify`, on files in a folder. @returns its exit code, and of each file the words that it is told by */
async function told({ files, key }: Files) {
  const folder = mkdtempSync(join(tmpdir(), 'exam-station-forged-'));
  try {
    for (const [at, { text }] of files.entries()) writeFileSync(join(folder, `${at}.json`), text);
    const { exit, json } = await verifyFiles({ paths: [folder], key, now: NEW_YEAR });
    return {
      exit,
      words: (json as readonly Said[]).map(({ verdict, reason, remarks = [] }) => [
        ...[verdict, ...(reason ? [reason] : [])],
        ...remarks.map(({ code }) => code),
      ]),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Refused it is prevented; said not to be proven, or with the remark that it should have, it is seen by whoever reads. */
const asAttack = ({ make, told: word, outcome: claimed, ...attack }: Forged): Attack => ({
  ...attack,
  about: 'proof',
  ...(claimed === 'open' ? { outcome: claimed } : { outcome: claimed, told: [word] }),
  async replay() {
    const { exit, words } = await told(await make());
    const said = words.map((one) => one.join(' ')).join('; ');
    if (!words.some((one) => one.includes(word))) return { outcome: 'open', said };
    if (exit === 1) return { outcome: 'prevented', said };
    return { outcome: word === 'proven' ? 'open' : 'detected', said };
  },
});

/** Of one record, which a station with its key in the wrong hands signs and a center logs. */
const oneRecord =
  (changes: Parameters<typeof satOf>[1], wish: Parameters<ReturnType<typeof openForge>['exports']>[1] = {}) =>
  async (): Promise<Files> => {
    const { exports, key } = openForge();
    return { files: [await exports([satOf(1, changes)], wish)], key };
  };

const answer = (n: number, marks: number) => ({ itemId: `it_${n}`, chosen: ['op_1'], marks });
const refusal = { outcome: 'prevented', by: '`verify` refuses the file' } as const;
const station = { attacker: 'administrator of a station', ...refusal } as const;

const COURSE = {
  exam: { id: 'ex_1', title: { zh: '入厂' }, mode: 'learning' },
  learning: {
    ...{ courseId: 'co_1', courseHash: '6'.repeat(64), complete: true },
    lessons: [{ lessonId: 'le_1', seconds: 9_000, total: 9_000, complete: true }],
  },
};

const RECORDS: readonly Forged[] = [
  {
    ...{ name: 'passed-below-marks', ...station, told: 'passed-inconsistent' },
    does: 'has a result say *passed* with marks that do not pass',
    make: oneRecord({ marks: 20, passed: true }),
  },
  {
    ...{ name: 'marks-without-answers', ...station, told: 'marks-inconsistent' },
    does: 'writes marks that the answers do not come to',
    make: oneRecord({ marks: 100, answers: [answer(1, 2)] }),
  },
  {
    ...{ name: 'passed-without-an-answer', ...station, told: 'marks-inconsistent' },
    does: 'has somebody pass who answered nothing',
    make: oneRecord({ marks: 100, answers: [{ itemId: 'it_1', chosen: [], marks: 100 }] }),
  },
  {
    ...{ name: 'marks-above-full', ...station, told: 'marks-inconsistent' },
    does: 'gives more marks than there are',
    make: oneRecord({ marks: 120 }),
  },
  {
    ...{ name: 'question-counted-twice', ...station, told: 'answer-repeated' },
    does: 'counts one question twice',
    make: oneRecord({ marks: 80, answers: [answer(1, 40), answer(1, 40)] }),
  },
  {
    ...{ name: 'study-time-made-up', ...station, told: 'study-inconsistent' },
    does: 'writes down more hours of study than the sitting lasted',
    make: oneRecord(COURSE),
  },
  {
    ...{ name: 'sitting-twice-in-a-batch', ...station, told: 'sitting-repeated' },
    does: 'puts one sitting into a batch twice, with two results',
    async make() {
      const { exports, key } = openForge();
      return { files: [await exports([satOf(1, { marks: 20 }), satOf(1)])], key };
    },
  },
  {
    name: 'result-made-up-well',
    attacker: 'administrator of a station',
    does: 'signs a result of an exam that nobody sat, in which all agrees: answers, marks, times',
    outcome: 'open',
    by: 'signatures say who signed, not what happened; whoever has the paper can mark the answers again',
    told: 'proven',
    make: oneRecord({ candidateId: 'cd_nobody' }),
  },
];

const TIMES: readonly Forged[] = [
  {
    ...{ name: 'sat-before-certified', ...station, told: 'times-inconsistent' },
    does: 'dates an exam back to before the station was certified',
    make: oneRecord({ startedAt: '2026-11-01T08:00:00.000Z', submittedAt: '2026-11-01T08:40:00.000Z' }),
  },
  {
    ...{ name: 'handed-in-before-begun', ...station, told: 'times-inconsistent' },
    does: 'has an exam end before it begins',
    make: oneRecord({ startedAt: MORNING.submittedAt, submittedAt: MORNING.startedAt }),
  },
  {
    ...{ name: 'sat-after-logged', ...station, told: 'times-inconsistent' },
    does: 'dates an exam to a day that has not come, and has it logged today',
    make: oneRecord({ startedAt: '2026-12-24T08:00:00.000Z', submittedAt: '2026-12-24T08:40:00.000Z' }),
  },
  {
    name: 'sat-weeks-ago',
    attacker: 'administrator of a station',
    does: 'dates an exam back by weeks, within the time of the certificate, and has it logged today',
    outcome: 'detected',
    by: 'whoever runs `verify`: it says how many days after the exam it was logged (`--max-gap`)',
    told: 'logged-late',
    make: oneRecord({}, { loggedAt: '2026-12-24T08:00:00.000Z' }),
  },
  {
    ...{ name: 'log-dated-back', attacker: 'operator of the center', ...refusal, told: 'times-inconsistent' },
    does: 'dates the log back to before the exam was handed in',
    make: oneRecord({}, { loggedAt: '2026-12-01T08:00:00.000Z' }),
  },
  {
    ...{ name: 'log-of-1970', attacker: 'operator of the center', ...refusal, told: 'times-inconsistent' },
    does: 'has certificate, batch and log say 1970',
    make: oneRecord(
      { startedAt: '1970-01-01T00:10:00.000Z', submittedAt: '1970-01-01T00:50:00.000Z' },
      {
        ...{ issuedAt: '1970-01-01T00:00:00.000Z', loggedAt: '1970-01-01T01:00:00.000Z' },
        header: { createdAt: '1970-01-01T00:51:00.000Z' },
      },
    ),
  },
  {
    name: 'all-dated-back-together',
    attacker: 'operator of the center',
    does: 'dates certificate, exam, batch and log back together, with the keys of center and station',
    outcome: 'open',
    by: 'it would take somebody outside of the center who has seen the log',
    told: 'proven',
    make: oneRecord({}),
  },
];

const STATEMENTS: readonly Forged[] = [
  {
    ...{ name: 'header-says-twice', ...station, told: 'statement-unclear' },
    does: 'signs a header that says one thing twice, so that two programs read two things',
    async make() {
      const { exports, key, stationSecret } = openForge();
      const { file } = await exports([satOf(1)]);
      const text = payloadIn(file.batch.header).replace('{', '{"number":7,');
      const batch = { ...file.batch, header: signText(stationSecret, 'exam-station/batch', text) };
      return { files: [fileOf({ ...file, batch })], key };
    },
  },
  {
    ...{ name: 'certificate-says-more', attacker: 'operator of the center', ...refusal, told: 'statement-unclear' },
    does: 'certifies a station with a condition that `verify` does not know',
    async make() {
      const { exports, key, centerSecret } = openForge();
      const { file } = await exports([satOf(1)]);
      const text = payloadIn(file.certificate).replace(/}$/, ',"revokedAt":"2026-12-01T07:00:00.000Z"}');
      return {
        files: [fileOf({ ...file, certificate: signText(centerSecret, 'exam-station/certificate', text) })],
        key,
      };
    },
  },
];

const SHOWN: readonly Forged[] = [
  {
    name: 'station-invented-and-log-not-shown',
    attacker: 'operator of the center',
    does: 'vouches for a station that nobody set up, keeps that out of the log, and makes a proof in the older form, which shows no log',
    outcome: 'detected',
    by: 'whoever reads the remarks of `verify`: the file does not show the log that it would have to be in',
    told: 'log-not-shown',
    make: oneRecord({}, { shows: false }),
  },
  {
    name: 'center-of-ones-own',
    attacker: 'stranger',
    does: 'makes up center, station and result, and shows the file without the key that was published',
    outcome: 'detected',
    by: 'whoever runs `verify`: it says that the key came with the file; with `--key` it refuses',
    told: 'key-self-stated',
    make: async () => ({ ...(await oneRecord({})()), key: undefined }),
  },
  {
    ...{ name: 'center-of-ones-own-by-the-key', attacker: 'stranger', ...refusal, told: 'signature-invalid' },
    does: 'shows the same to somebody who gives the published key',
    make: async () => ({ ...(await oneRecord({})()), key: openForge().key }),
  },
  {
    name: 'shown-before-logged',
    attacker: 'administrator of a station',
    does: 'shows a result that it signed and never sends to the center',
    outcome: 'detected',
    by: 'whoever runs `verify`: it says *signed only*, with an exit code of its own',
    told: 'signed-only',
    make: oneRecord({}, { loggedAt: null }),
  },
];

const TOGETHER: readonly Forged[] = [
  {
    ...{ name: 'two-batches-one-number', ...station, told: 'equivocation' },
    does: 'signs two batches with one number, to show one here and the other there',
    by: '`verify` refuses both where both are at hand',
    async make() {
      const { exports, key } = openForge();
      return { files: [await exports([satOf(1)]), await exports([satOf(2)], { loggedAt: null })], key };
    },
  },
  {
    ...{ name: 'two-results-one-sitting', ...station, told: 'sitting-repeated' },
    does: 'signs a second, better result of a sitting, and says that it stands for a batch that was refused',
    by: '`verify` refuses both where both are at hand',
    async make() {
      const { exports, key } = openForge();
      const poor = await exports([satOf(1, { marks: 20 })], { loggedAt: null });
      return { files: [poor, await exports([satOf(1)], { header: { replaces: batchId(poor.batch) } })], key };
    },
  },
  {
    ...{ name: 'chain-begun-anew', ...station, told: 'chain-broken' },
    does: 'has a batch follow another than the one that was logged before it',
    by: '`verify` refuses both where both are at hand',
    async make() {
      const { exports, key } = openForge();
      const header = { number: 2, previous: '7'.repeat(64) };
      return { files: [await exports([satOf(1)]), await exports([satOf(2)], { header })], key };
    },
  },
  {
    name: 'batch-left-out',
    attacker: 'firm',
    does: 'shows all batches of a station but the one with the results that it does not like',
    outcome: 'detected',
    by: 'whoever runs `verify` on all of them: it names the batches that are not there',
    told: 'batches-missing',
    async make() {
      const { exports, key } = openForge();
      const first = await exports([satOf(1)]);
      const second = await exports([satOf(2, { marks: 20 })], { after: first });
      return { files: [first, await exports([satOf(3)], { after: second })], key };
    },
  },
  {
    ...{ name: 'two-logs', attacker: 'operator of the center', ...refusal, told: 'equivocation' },
    does: 'keeps two logs under one key, and shows each to somebody else',
    by: '`verify` refuses both where the two show another record in one place',
    async make() {
      const one = openForge();
      const { center: other } = openForge(one.centerSecret);
      const first = await one.exports([satOf(1)]);
      const { file, batch } = await one.exports([satOf(2)], { after: first });
      const receipt = await other.receive(batch, MORNING.loggedAt);
      return { files: [first, await inLog(other, { ...file, receipt })], key: one.key };
    },
  },
];

/** Against `verify` at the command line: files that whoever has the keys can sign, and what it says of each. */
export const attacksOnVerdicts: readonly Attack[] = [...RECORDS, ...TIMES, ...STATEMENTS, ...SHOWN, ...TOGETHER].map(
  asAttack,
);
