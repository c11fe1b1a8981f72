import { instant } from '../contract/words/ids.ts';
import { PublicKey } from '../contract/words/keys.ts';
import { shippedCalibration } from '../native/face/index.ts';
import type { KnownFacts, MeasuredFacts } from './readiness/index.ts';

const KEY = PublicKey.parse('A'.repeat(43));

/** A station of which everything is as it should be. */
export const WELL_KNOWN: KnownFacts = {
  now: instant(new Date('2026-03-04T06:00:00.000Z')),
  provision: { name: '一号考站', room: '一号考场', pinned: KEY, enrolledWith: KEY },
  enrolment: { station: 'st_test', tenant: 'tn_test', vouched: true },
  exams: { issuedAt: instant(new Date('2026-03-04T05:58:00.000Z')), exams: 2, banks: 1, here: 1, proctors: 1 },
  key: 'key-store',
  recoveryLiesOpen: false,
  database: { steps: 20 },
  clockAheadMs: 400,
  centerSaid: instant(new Date('2026-03-04T05:59:00.000Z')),
  ledger: { lines: 120 },
  center: { state: 'ready' },
  log: { entries: 8, unprovenSince: undefined, contradictions: [] },
  results: { waiting: 0, refused: { records: 0, reasons: [] } },
  camera: { device: { state: 'ready', label: 'USB Camera' }, recorded: false },
  reader: { state: 'ready', label: '/dev/ttyUSB0' },
  faces: { state: 'ready' },
  thresholds: shippedCalibration,
  shell: { kind: 'kiosk', checks: [] },
  versions: { program: '0.1.0', node: '24.21.0', models: 'pack' },
};

export const WELL_MEASURED: MeasuredFacts = {
  disk: { freeBytes: 40 * 1024 ** 3, syncMs: 3, megabytesPerSecond: 120 },
  models: [{ role: 'detector', file: 'detector.onnx', state: 'ok' }],
  frameMs: 27,
};
