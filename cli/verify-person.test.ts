import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { canonicalJson, generateSigningKey, hashOf, openSigner } from '../proof/index.ts';
import { verifyPerson } from './verify-person.ts';

const folder = mkdtempSync(join(tmpdir(), 'person-'));
afterAll(() => rmSync(folder, { recursive: true }));
const center = openSigner(generateSigningKey());
const facts = { name: '李样例', ending: '0028', firms: [], results: [], certificates: [] };

function fileOf(said: object): string {
  const statement = { format: 'exam-station/person@1', facts: hashOf(facts), at: '2026-11-27T09:00:00.000Z' };
  const signature = center.sign('exam-station/person', statement);
  const file = join(folder, 'one.person.json');
  const text = { format: 'exam-station/person-file@1', centerKey: center.publicKey, facts: said, signature };
  writeFileSync(file, canonicalJson(text));
  return file;
}

test('what a center says of one person is proven by its key, and by no other', () => {
  expect(verifyPerson(fileOf(facts), center.publicKey)).toMatchObject({ exit: 0, json: { trust: 'pinned' } });
  expect(verifyPerson(fileOf(facts), undefined)).toMatchObject({ exit: 0, json: { trust: 'self-stated' } });
  const other = openSigner(generateSigningKey()).publicKey;
  expect(verifyPerson(fileOf(facts), other)).toMatchObject({ exit: 1, json: { reason: 'signature-invalid' } });
});

test('a word that was changed is refused', () => {
  const changed = fileOf({ ...facts, name: '别人' });
  expect(verifyPerson(changed, center.publicKey)).toMatchObject({ exit: 1, json: { reason: 'signature-invalid' } });
});
