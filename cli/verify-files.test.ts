import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../contract/words/ids.ts';
import { type Exported, openForge, satOf, type Wish } from '../proof/exported.fixture.ts';
import { temporaryFolder } from '../tests/kit/folders.ts';
import { type FilesQuestion, verifyFiles } from './verify-files.ts';

const now = '2027-01-01T00:00:00.000Z' as Instant;
const ask = (question: Omit<FilesQuestion, 'now'>) => verifyFiles({ ...question, now });
const HAN = /\p{Script=Han}/u;

function folderOf(files: Readonly<Record<string, Exported>>) {
  const folder = temporaryFolder();
  for (const [name, { text }] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { folder, paths: Object.keys(files).map((name) => join(folder, name)) };
}
async function oneFile(wish: Wish = {}) {
  const { exports, key } = openForge();
  const { paths } = folderOf({ 'batch.json': await exports([satOf(1)], wish) });
  return { paths, key };
}

describe('one file', () => {
  it('is proven: exit 0, one sentence in each language, one document', async () => {
    const { exit, json, text } = await ask(await oneFile());
    expect(exit).toBe(0);
    expect(json).toMatchObject({ ok: true, verdict: 'proven', remarks: [], records: 1, receipt: 'verified' });
    expect(text[0]).toBe('PROVEN  1 record(s), batch 1 of station st_test (tn_test)');
    expect(text[1]).toMatch(HAN);
    expect(text[2]).toMatch(/^Proven: /);
    expect(text.filter((line) => line.startsWith('!'))).toEqual([]);
  });

  it('is signed only: exit 3, and is not said to be proven anywhere', async () => {
    const { exit, json, text } = await ask(await oneFile({ loggedAt: null }));
    expect([exit, json]).toMatchObject([3, { ok: true, verdict: 'signed-only', receipt: 'none' }]);
    expect(text[0]).toMatch(/^SIGNED ONLY {2}/);
    expect(text.join('\n')).not.toMatch(/PROVEN|Proven|已证明|VALID/);
  });

  it('is refused: exit 1, the reason in both languages', async () => {
    const { exit, json, text } = await ask(await oneFile({ issuedAt: '2026-12-01T09:00:00.000Z' }));
    expect([exit, json]).toMatchObject([1, { ok: false, verdict: 'refused', reason: 'times-inconsistent' }]);
    expect(text[0]).toMatch(/^REFUSED {2}times-inconsistent: si_1: /);
    expect(text.join('\n')).toContain('2026-12-01T09:00:00.000Z');
    expect(text.join('\n')).not.toMatch(/PROVEN|VALID/);
  });

  it('is remarked on, in a line of each language and with its code', async () => {
    const { paths, key } = await oneFile({ loggedAt: '2026-12-24T08:00:00.000Z' });
    const { json, text } = await ask({ paths, key: undefined });
    const codes = (json as { readonly remarks: readonly { readonly code: string }[] }).remarks.map(({ code }) => code);
    expect(codes).toEqual(['key-self-stated', 'logged-late']);
    expect(text[2]).toMatch(/^Proven only if the key that came with the file is the center’s: /);
    const lines = text.filter((line) => line.startsWith('! '));
    expect(lines).toHaveLength(codes.length * 2);
    expect(lines.join('\n')).toContain('1 result was logged up to 23 days after the exam');
    expect((await ask({ paths, key, maxGapHours: 24 * 40 })).text.join('\n')).not.toContain('23 days');
  });
});

describe('several files', () => {
  async function three() {
    const { exports, key } = openForge();
    const a = await exports([satOf(1)]);
    const b = await exports([satOf(2)], { after: a, loggedAt: null });
    const c = await exports([satOf(3)]);
    return { ...folderOf({ '1.json': a, '2.json': b, '3.json': c }), key };
  }

  it('are a list, with the exit code of the worst', async () => {
    const { paths, key } = await three();
    const of = async (...some: readonly number[]) => {
      const { exit, json } = await ask({ paths: some.map((at) => paths[at] as string), key });
      return [exit, (json as readonly { readonly verdict: string }[]).map(({ verdict }) => verdict)];
    };
    expect(await of(0, 0)).toEqual([0, ['proven', 'proven']]);
    expect(await of(0, 1)).toEqual([3, ['proven', 'signed-only']]);
    expect(await of(1, 0)).toEqual([3, ['signed-only', 'proven']]);
    expect(await of(0, 1, 2)).toEqual([1, ['refused', 'signed-only', 'refused']]);
  });

  it('of a folder are found, by the name that ends in .json', async () => {
    const { folder, key, paths } = await three();
    writeFileSync(join(folder, 'notes.txt'), 'no proof');
    mkdirSync(join(folder, 'empty'));
    const { json, text } = await ask({ paths: [folder], key });
    expect((json as readonly { readonly file: string }[]).map(({ file }) => file)).toEqual(paths);
    expect(text.filter((line) => line.startsWith(folder))).toEqual(paths);
    await expect(ask({ paths: [join(folder, 'empty')], key })).rejects.toThrow('holds no proof file');
  });
});
