import { execFile } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { EvidenceWish } from '../contract/records/evidence.ts';
import { newSigner, openTinyCenter, STATION, TENANT } from '../proof/proof.fixture.ts';
import { sealEvidence } from '../proof/sealed/index.ts';
import { temporaryFolder } from '../tests/kit/folders.ts';

const run = promisify(execFile);
/** @returns what it printed, and its exit code */
const command = async (...words: readonly string[]): Promise<{ readonly code: number; readonly said: string }> =>
  run(process.execPath, [join(import.meta.dirname, 'main.ts'), 'evidence', ...words, '--json']).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, said: stdout }),
  );

it('makes a key that nobody else may read, and opens with it what a station sealed to it', async () => {
  const folder = temporaryFolder();
  const [keyFile, other, sealed, out] = ['key.pem', 'other.pem', 'picture.sealed', 'picture.jpg'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  const { key } = JSON.parse((await command('key', '--out', keyFile)).said);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  await command('key', '--out', other);
  const center = openTinyCenter();
  const signer = newSigner();
  const at = '2026-03-05T08:00:00.000Z';
  const says = EvidenceWish.parse({
    ...{ format: 'exam-station/evidence-wish@1', id: 'ew_1', stationId: STATION, tenantId: TENANT, sittingId: 'si_1' },
    ...{ key, by: { accountId: 'ap_1', name: '督导' }, reason: '有人举报替考，请核对照片', at, expiresAt: at },
  });
  const wish = { jws: center.signer.sign('exam-station/evidence-wish', says), says };
  const { certificate } = center.enrol(signer.publicKey);
  const jpeg = Buffer.from('a picture');
  writeFileSync(sealed, sealEvidence(wish, { of: 'check-in', jpeg }, { signer, certificate }));
  const by = (file: string, center: string) =>
    command('open', sealed, '--key', file, '--out', out, '--force', `--center-key=${center}`);
  expect(await by(other, center.signer.publicKey)).toMatchObject({
    code: 1,
    said: expect.stringContaining('unreadable'),
  });
  expect(await by(keyFile, newSigner().publicKey)).toMatchObject({
    said: expect.stringContaining('signature-invalid'),
  });
  const opened = await by(keyFile, center.signer.publicKey);
  expect(JSON.parse(opened.said)).toMatchObject({ ok: true, of: 'check-in', vouchedFor: true });
  expect(readFileSync(out)).toEqual(jpeg);
  expect(statSync(out).mode & 0o777).toBe(0o600);
  expect((await command('open', sealed, '--key', sealed, '--out', join(folder, 'x.jpg'))).code).toBe(1);
});
