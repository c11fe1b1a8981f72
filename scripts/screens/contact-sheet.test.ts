import { expect, it } from 'vitest';
import { contactSheet, type Picture } from './contact-sheet.ts';

const picture = (changes: Partial<Picture>): Picture => ({
  ...{ screen: '01-idle', title: '等人来', file: '01-idle/zh-1280x720-light.png' },
  ...{ locale: 'zh', size: { width: 1280, height: 720 }, scheme: 'light' },
  ...changes,
});
const entriesIn = (sheet: string): readonly Record<string, string>[] =>
  JSON.parse(/<script id="pictures"[^>]*>(.*?)<\/script>/s.exec(sheet)?.[1] ?? '[]');
const facts = { of: '2026-01-02', missing: [] };

it('holds every picture by its path beside the sheet, and nothing from elsewhere', () => {
  const dark = picture({ scheme: 'dark', file: '01-idle/zh-1280x720-dark.png' });
  const sheet = contactSheet([picture({}), dark], facts);
  expect(entriesIn(sheet).map(({ file }) => file)).toEqual([picture({}).file, dark.file]);
  expect(entriesIn(sheet)[0]).toMatchObject({ screen: '01-idle', locale: 'zh', size: '1280x720', scheme: 'light' });
  expect(sheet).not.toMatch(/(src|href)="?(https?:)?\/\//);
});

it('offers what there is to choose from, and begins with one picture a screen', () => {
  const sheet = contactSheet([picture({}), picture({ scheme: 'dark' }), picture({ locale: 'en' })], facts);
  for (const option of ['value="zh" selected', 'value="1280x720" selected', 'value="light" selected', 'value="dark"'])
    expect(sheet).toContain(`<option ${option}>`);
  expect(sheet).not.toContain('value="forced"');
});

it('takes words as words', () => {
  const sheet = contactSheet([picture({ title: '</script><b>"' })], { of: '<now>', missing: ['05: no & feeds'] });
  expect(entriesIn(sheet)[0]?.title).toBe('</script><b>"');
  expect(sheet).toContain('&lt;now&gt;');
  expect(sheet).toContain('<li>05: no &amp; feeds</li>');
});
