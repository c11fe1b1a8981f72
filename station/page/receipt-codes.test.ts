import { expect, test } from 'vitest';
import { SittingId } from '../../contract/words/ids.ts';
import { hashOf, receiptOf, verifyReceiptCode } from '../../proof/index.ts';
import { newSigner, recordOf } from '../../proof/proof.fixture.ts';
import { openDatabase } from '../core/database/index.ts';
import { openOutbox } from '../keep/outbox/index.ts';
import { manualClock } from '../station.fixture.ts';
import { openReceiptCodes } from './receipt-codes.ts';

const signer = newSigner();
const [first, second, none] = ['si_1', 'si_2', 'si_3'].map((id) => SittingId.parse(id)) as [
  SittingId,
  SittingId,
  SittingId,
];

function open(centerUrl?: string) {
  const outbox = openOutbox(openDatabase(':memory:'), manualClock());
  const codes = openReceiptCodes(outbox, { signer }, centerUrl);
  for (const n of [1, 2]) outbox.add(recordOf(n));
  return codes;
}

test('each record has its own, signed by the station, and what is not recorded has none', () => {
  const codes = open();
  for (const [n, sitting] of [
    [1, first],
    [2, second],
    [1, first],
  ] as const) {
    const record = recordOf(n);
    const receipt = receiptOf(record, hashOf(record));
    expect(verifyReceiptCode(codes.codeOf(sitting) ?? '', signer.publicKey)).toEqual({ ok: true, receipt });
  }
  expect(codes.codeOf(none)).toBeUndefined();
});

test.each([
  [undefined, 'EXS1:'],
  ['http://127.0.0.1:8480', 'EXS1:'],
  ['http://exams.example', 'EXS1:'],
  ['https://localhost:8480', 'EXS1:'],
  ['https://192.168.1.20', 'EXS1:'],
  ['https://[fd00::1]', 'EXS1:'],
  ['https://center.local', 'EXS1:'],
  ['https://exams.example', 'HTTPS://EXAMS.EXAMPLE/R/'],
])('with the center at %s it begins with %s', (center, before) => {
  expect(open(center).codeOf(first)?.startsWith(before)).toBe(true);
});
