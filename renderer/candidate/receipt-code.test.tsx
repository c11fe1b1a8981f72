import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { translator } from '../../messages/index.ts';
import { hashOf, openSigner, receiptCode, receiptOf } from '../../proof/index.ts';
import { recordOf } from '../../proof/proof.fixture.ts';
import { readQr } from '../../tests/kit/read-qr.ts';
import { Page, type PageContext } from '../context.ts';
import { qrPicture } from './qr-path.ts';
import { QrCode, ReceiptCode } from './receipt-code.tsx';

const uuid = '5d2c0a8e-4b5f-4c0e-9d1a-2f6b7c8d9e0f';
const record = recordOf(1, {
  stationId: `st_${uuid}`,
  sittingId: `si_${uuid}`,
  exam: { ...recordOf(1).exam, id: `ex_${uuid}` },
});
const receipt = receiptOf(record, hashOf(record));
/** Always the same: whether a code is read must not hang on what a signature happens to look like. */
const signer = openSigner(Buffer.from(`302e020100300506032b657004220420${'0a'.repeat(32)}`, 'hex'));
const own = receiptCode(receipt, signer);
const address = receiptCode(receipt, signer, 'https://exams.example.com');

/** What a reader makes of the picture that the page draws, at so many pixels a module. */
function read(text: string, each: number): Promise<string | undefined> {
  const svg = renderToStaticMarkup(<QrCode text={text} label="x" />);
  const picture = svg.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');
  return readQr(Buffer.from(picture), qrPicture(text).side * each);
}

describe('the QR code of a receipt', () => {
  it.each([
    ['by itself', own],
    ['as an address', address],
    ['with a path in the address', receiptCode(receipt, signer, 'https://example.com/exams')],
    ['as short as can be', 'EXS1:A'],
  ])('%s is read as what it was drawn from', async (_, text) => {
    for (const each of [2, 3, 5]) expect(await read(text, each)).toBe(text);
  });

  it('is one that phones read well: version 11 at most, of a station with the longest usual ids', () => {
    expect(qrPicture(own).version).toBeLessThanOrEqual(11);
    expect(qrPicture(address).version).toBeLessThanOrEqual(11);
  });

  it('has its white border, four modules wide', () => {
    const { side, path, version } = qrPicture(own);
    expect(side).toBe(17 + 4 * version + 8);
    const starts = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((found) => found.slice(1).map(Number));
    expect(Math.min(...starts.flatMap(([x = 0, y = 0]) => [x, y]))).toBe(4);
    expect(Math.max(...starts.map(([x = 0, , width = 0]) => x + width))).toBe(side - 4);
  });
});

it('beside it stands how to keep it, and its end to read out', () => {
  const page = { t: translator('zh') } as PageContext;
  const markup = renderToStaticMarkup(
    <Page value={page}>
      <ReceiptCode code={own} />
    </Page>,
  );
  expect(markup).toContain(page.t('receipt.keep'));
  expect(markup).toContain(`>${own.slice(-8, -4)}-${own.slice(-4)}<`);
});
