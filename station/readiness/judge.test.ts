import { describe, expect, it } from 'vitest';
import type { DeviceState } from '../../contract/words/device-state.ts';
import { instant } from '../../contract/words/ids.ts';
import { Check, type CheckName, type CheckStatus, overall, Readiness } from '../../contract/words/readiness.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { WELL_KNOWN, WELL_MEASURED } from '../readiness.fixture.ts';
import { frameCost, judgeAll, type KnownFacts, type MeasuredFacts } from './index.ts';

const judge = (known: Partial<KnownFacts> = {}, measured: MeasuredFacts = {}): Readiness =>
  judgeAll({ known: { ...WELL_KNOWN, ...known }, measured: { ...WELL_MEASURED, ...measured } });
const named = ({ checks }: Readiness, name: CheckName): Check => {
  const check = checks.find((one) => one.name === name);
  if (!check) throw new Error(`no check is called ${name}`);
  return check;
};

const picture = (changes: object = {}) => ({
  camera: { picturesPerSecond: 30, width: 640, height: 480, report: [], ...changes },
});
const finding = (advice: Reason) => ({
  report: [{ component: 'Sharpness', value: 0.002, verdict: 'fail', advice, limit: {} }] as never,
});
const disk = (changes: object) => ({ disk: { freeBytes: 1e12, syncMs: 3, megabytesPerSecond: 90, ...changes } });
const exams = (changes: object) => ({ exams: { ...(WELL_KNOWN.exams as object), ...changes } as KnownFacts['exams'] });
const OTHER = `${'B'.repeat(42)}A`;
const provision = (changes: object) => ({
  provision: { ...(WELL_KNOWN.provision as object), ...changes } as KnownFacts['provision'],
});
const REFUSED = { waiting: 0, refused: { records: 2, reasons: ['bad-message'] } };
const HEAD = { text: 'a.b.c', size: 8, root: sha256('root'), at: null };
const logWith = (why: 'two-trees' | 'time') => ({
  ...{ entries: 8, unprovenSince: undefined },
  contradictions: [{ why, first: HEAD, second: { ...HEAD, root: sha256('other') }, foundAt: WELL_KNOWN.now }],
});
const UNPROVEN = { entries: 8, contradictions: [], unprovenSince: instant(new Date(0)) };
const MINUTE = 60_000;

type Case = [string, CheckName, Reason, Partial<KnownFacts>, MeasuredFacts?];

describe('a station of which everything is well', () => {
  it('is READY in every check, with nothing to do', () => {
    const readiness = judge({}, picture());
    expect(readiness.status).toBe('READY');
    expect(readiness.checks.filter(({ advice, reason }) => advice || reason)).toEqual([]);
    expect(Readiness.parse(JSON.parse(JSON.stringify(readiness)))).toEqual(readiness);
  });

  it('says nothing yet of what was not measured', () => {
    const names = judgeAll({ known: WELL_KNOWN, measured: {} }).checks.map(({ name }) => name);
    expect(names).not.toContain('disk');
    expect(names).not.toContain('face-speed');
    expect(names).toContain('enrolment');
  });
});

it.each<[string, KnownFacts['line']]>([
  ['encrypted', { way: 'tls', allowed: false }],
  ['公认机构', { way: 'tls', vouched: 'authority', allowed: true }],
  ['by the key of the center', { way: 'tls', vouched: 'center-key', allowed: false }],
  ['on this machine', { way: 'this-machine', allowed: false }],
])('a line that nobody reads along is READY: %s', (found, line) => {
  const check = named(judge({ line }), 'line');
  expect([check.status, `${check.found.zh} ${check.found.en}`]).toEqual(['READY', expect.stringContaining(found)]);
});

describe('nobody can be examined', () => {
  it.each<Case>([
    ['where nobody said what it is', 'provisioned', 'not-provisioned', { provision: 'missing' }],
    ['on settings that nobody can read', 'provisioned', 'settings-unreadable', { provision: 'unreadable' }],
    ['where another center enrolled it', 'provisioned', 'center-other', provision({ enrolledWith: OTHER })],
    [
      'where it would have to enrol for everybody to read along',
      'line',
      'center-plain',
      { line: { way: 'plain', allowed: false }, enrolment: undefined },
    ],
    ['where the center does not know the station', 'enrolment', 'not-enrolled', { enrolment: undefined }],
    [
      'with a certificate of another key',
      'enrolment',
      'certificate-invalid',
      { enrolment: { station: 'st_a', tenant: 'tn_a', vouched: false } },
    ],
    ['without an assignment', 'exams', 'not-assigned', { exams: undefined }],
    ['where no exam is assigned', 'exams', 'not-assigned', exams({ exams: 0, banks: 0, here: 0 })],
    ['without the key', 'vault-key', 'key-missing', { key: 'missing' }],
    ['on a damaged database', 'database', 'data-damaged', { database: 'damaged' }],
    ['where there is no database', 'database', 'data-missing', { database: 'none' }],
    ['on a full disk', 'disk', 'disk-full', {}, disk({ freeBytes: 1e6 })],
    ['on a disk that takes nothing', 'disk', 'disk-readonly', {}, { disk: { trouble: 'disk-readonly' } }],
    ['with thresholds of other models', 'thresholds', 'calibration-unusable', { thresholds: 'unusable' }],
    ['on an old Node', 'versions', 'node-old', { versions: { program: '1', node: '20.11.1', models: 'm' } }],
  ])('%s', (_, name, reason, known, measured) => {
    const readiness = judge(known, measured);
    expect(named(readiness, name)).toMatchObject({ status: 'NOT READY', reason, advice: { zh: expect.any(String) } });
    expect(readiness.status).toBe('NOT READY');
  });
});

describe('it goes on with less, and says so', () => {
  const failed = (reason: Reason) => ({ state: 'failed' as const, reason });
  const plain = (allowed: boolean) => ({ line: { way: 'plain' as const, allowed } });
  const camera = (device: DeviceState, recorded = false) => ({ camera: { device, recorded } });
  it.each<Case>([
    ['over a plain line since before that had to be said', 'line', 'center-plain', plain(false)],
    ['over a plain line, as somebody said', 'line', 'center-plain-allowed', plain(true)],
    ['without a camera', 'camera', 'camera-missing', camera(failed('camera-missing'))],
    ['where only its own screen shows the camera', 'camera', 'own-screen', { camera: 'own-screen' }],
    ['where only its own screen shows the center', 'center', 'own-screen', { center: 'own-screen' }],
    ['where only its own screen shows the clock', 'clock', 'own-screen', { clockAheadMs: 'own-screen' }],
    ['where only its own screen shows the lock', 'kiosk', 'own-screen', { shell: 'own-screen' }],
    ['with a roster that is sealed', 'exams', 'own-screen', { exams: 'sealed' }],
    ['with its key in a store', 'vault-key', 'key-elsewhere', { key: 'elsewhere' }],
    ['before a page has reported one', 'camera', 'camera-unseen', camera({ state: 'starting' })],
    ['through recordings', 'camera', 'recorded-feeds', camera({ state: 'ready' }, true)],
    ['through a program', 'camera', 'camera-virtual', camera({ state: 'ready', label: 'OBS Virtual Camera' })],
    ['through a camera that stands still', 'camera', 'camera-frozen', {}, { camera: { trouble: 'camera-frozen' } }],
    ['through a slow camera', 'camera', 'camera-slow', {}, picture({ picturesPerSecond: 6 })],
    ['through a blurred one', 'camera', 'camera-blurred', {}, picture(finding('camera-blurred'))],
    ['in the dark', 'camera', 'room-dark', {}, picture(finding('room-dark'))],
    ['without a reader', 'reader', 'reader-missing', { reader: failed('reader-missing') }],
    ['without a face model', 'models', 'models-missing', {}, { models: [model('models-missing')] }],
    [
      'with a changed one',
      'models',
      'models-altered',
      {},
      { models: [model('models-missing'), model('models-altered')] },
    ],
    ['without the face check', 'face-speed', 'models-failed', { faces: failed('models-failed') }],
    ['with a slow processor', 'face-speed', 'faces-slow', {}, { frameMs: 400 }],
    ['with little space', 'disk', 'disk-low', {}, disk({ freeBytes: 500 * 1024 ** 2 })],
    ['with a disk that is slow to be safe', 'disk', 'disk-slow', {}, disk({ syncMs: 180 })],
    ['with a disk that takes long for much', 'disk', 'disk-slow', {}, disk({ megabytesPerSecond: 2 })],
    ['at whose center the log contradicts itself', 'log', 'log-forked', { log: logWith('two-trees') }],
    ['at whose center the log is dated backwards', 'log', 'log-time', { log: logWith('time') }],
    ['at whose center nobody shows that the log goes on', 'log', 'log-unproven', { log: UNPROVEN }],
    ['while somebody guesses at PINs', 'pins', 'pin-locked', { lockedPins: ['23'] }],
    ['with results that the center refused', 'results', 'results-refused', { results: REFUSED }],
    ['without the center', 'center', 'center-down', { center: failed('center-down') }],
    ['never having heard the center', 'clock', 'center-down', { clockAheadMs: undefined }],
    ['before the center has answered', 'center', 'center-unheard', { center: { state: 'starting' } }],
    [
      'before the center has said what time it is',
      'clock',
      'center-unheard',
      { center: { state: 'starting' }, clockAheadMs: undefined },
    ],
    ['with a clock that is ahead', 'clock', 'clock-skew', { clockAheadMs: 5 * MINUTE }],
    ['with a clock that is behind', 'clock', 'clock-skew', { clockAheadMs: -5 * MINUTE }],
    ['with some of its banks', 'exams', 'banks-missing', exams({ banks: 3, here: 2 })],
    ['without a proctor', 'exams', 'no-proctors', exams({ proctors: 0 })],
    ['on an old assignment', 'exams', 'assignment-old', exams({ issuedAt: '2026-03-01T00:00:00.000Z' })],
    ['with its key in a file', 'vault-key', 'key-in-file', { key: 'file' }],
    ['with the recovery code lying about', 'recovery-code', 'recovery-open', { recoveryLiesOpen: true }],
    ['in a browser', 'kiosk', 'not-locked', { shell: { kind: 'browser' } }],
    ['in a kiosk that is silent', 'kiosk', 'shell-silent', { shell: { kind: 'kiosk' } }],
  ])('%s', (_, name, reason, known, measured) => {
    const readiness = judge(known, measured);
    expect(named(readiness, name)).toMatchObject({ status: 'WARNING', reason, advice: { en: expect.any(String) } });
    expect(readiness.status).toBe('WARNING');
  });

  it('and says in both languages what is there and what should be', () => {
    const { found, expected } = named(judge({}, disk({ freeBytes: 3 * 1024 ** 3, syncMs: 4.25 })), 'disk');
    expect(found.en).toBe('3 GB free, a write takes 4.3 ms, 90 MB/s');
    expect(found.zh).toBe('空闲 3 GB，写一次 4.3 毫秒，每秒 90 MB');
    expect(expected.en).toContain('1 GB');
    expect(named(judge(), 'exams').found.en).toBe('2 exams, 2 min old; banks 1 of 1; proctors: 1');
    expect(named(judge({ clockAheadMs: 4_600 }), 'clock').found.en).toBe('+5 s off the center');
  });
});

function model(state: 'models-missing' | 'models-altered') {
  return { role: 'eye' as const, file: 'eye.onnx', state };
}

describe('all checks together', () => {
  it('are as good as the worst of them', () => {
    const word = { zh: '一', en: 'one' };
    const all = (...statuses: readonly CheckStatus[]) =>
      overall(statuses.map((status) => ({ name: 'camera', status, found: word, expected: word })));
    expect(all()).toBe('READY');
    expect(all('READY', 'WARNING', 'READY')).toBe('WARNING');
    expect(all('NOT READY', 'WARNING')).toBe('NOT READY');
  });

  it('take over what the shell says of itself', () => {
    const word = { zh: '两个', en: 'two' };
    const said: Check = { name: 'displays', status: 'NOT READY', found: word, expected: word };
    const readiness = judge({ shell: { kind: 'kiosk', checks: [said] } });
    expect([named(readiness, 'displays'), readiness.status]).toEqual([said, 'NOT READY']);
  });

  it('are read by whoever does not know a reason of theirs', () => {
    const check = named(judge({ key: 'file' }), 'vault-key');
    expect(Check.parse({ ...check, reason: 'of-next-year' }).reason).toBe('of-next-year');
    expect(Check.parse({ ...check, reason: { of: 'no word' } }).reason).toBeUndefined();
  });
});

it('a picture at check-in costs what every network takes that looks at it', () => {
  const costs = { detector: 2, embedder: 12, antiSpoofV1SE: 1, antiSpoofPv1: 1, mesh: 7, blendshapes: 1, headPose: 1 };
  expect(frameCost({ ...costs, eye: 1, objects: 1_000 })).toBe(26);
});
