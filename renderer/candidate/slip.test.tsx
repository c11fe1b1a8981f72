import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import { translator } from '../../messages/index.ts';
import { Page, type PageContext } from '../context.ts';
import { sampleView } from '../gallery/samples.ts';
import { slipPrinter } from '../link/slip-printer.ts';
import { SlipSheet } from './slip.tsx';

afterEach(() => void vi.unstubAllGlobals());

function sheetOf(screen: string, locale: 'zh' | 'en' = 'zh', code?: string) {
  const { current, station } = sampleView(screen);
  if (current.stage !== 'result') throw new Error('no result');
  const page = { t: translator(locale), locale } as PageContext;
  const markup = renderToStaticMarkup(
    <Page value={page}>
      <SlipSheet result={current} code={code ?? current.receiptCode ?? ''} station={station.name} />
    </Page>,
  );
  return { markup, page, result: current };
}

test('a slip says what, who, how well, when and where, and what the code on it proves', () => {
  const { markup, page, result } = sheetOf('passed');
  const { who, exam, marks, topics } = result;
  for (const said of [exam.title.zh, who.name, who.number, page.t('result.marks', { marks }), '一号考站', '2026'])
    expect(markup).toContain(said);
  // A time without its zone proves nothing.
  expect(markup).toMatch(/(UTC|GMT)\S* \d+:41:07|\d+:41:07 (UTC|GMT)/);
  for (const { field } of topics) expect(markup).toContain(field);
  expect(markup).toContain(page.t('result.of', { full: exam.fullMarks, pass: exam.passMarks }));
  expect(markup).toContain(page.t('slip.used', { minutes: 18, seconds: 43 }));
  expect(markup).toContain(page.t('slip.proves'));
  expect(markup).toContain('<path');
  // The number is shown as the screen shows it: with most of it hidden.
  expect(who.number).toContain('*');
});

test('what the center has not logged, or has no address for, it does not say', () => {
  const { markup, page } = sheetOf('failed', 'en');
  expect(markup).toContain(page.t('slip.proves-signed'));
  expect(markup).toContain(page.t('slip.how-offline'));
  expect(sheetOf('failed', 'en', 'HTTPS://CENTER.EXAMPLE/R/AAAAAAAAAA').markup).toContain(page.t('slip.how'));
});

test('a browser prints by its own dialog', async () => {
  const print = vi.fn();
  vi.stubGlobal('window', { print });
  expect([await slipPrinter().ready(), await slipPrinter().print()]).toEqual([true, true]);
  expect(print).toHaveBeenCalledOnce();
});

test('a kiosk prints where its shell says that it can, and takes nothing else for a yes', async () => {
  const print = vi.fn();
  for (const [said, meant] of [
    [true, true],
    [false, false],
    ['yes', false],
    [undefined, false],
  ]) {
    vi.stubGlobal('window', { print, examStation: { printer: async () => said, print: async () => said } });
    expect([await slipPrinter().ready(), await slipPrinter().print()]).toEqual([meant, meant]);
  }
  expect(print).not.toHaveBeenCalled();
});
