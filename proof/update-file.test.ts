import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Release } from '../contract/shell/update.ts';
import { temporaryFolder } from '../tests/kit/folders.ts';
import { refusalOf } from '../tests/kit/refusals.ts';
import { generateSigningKey, openSigner } from './jws.ts';
import { openUpdate, type UpdatePlan, writeUpdate } from './update-file.ts';

const signer = openSigner(generateSigningKey());
const plan: UpdatePlan = { version: Release.parse('0.2.0'), platform: 'linux', arch: 'x64' };
/** A line break in it, which must not be taken for the end of the statement. */
const PACKAGE = Buffer.from('!<arch>\nthis stands for a package\n');

async function made(bytes = PACKAGE) {
  const folder = temporaryFolder();
  const [source, file] = [join(folder, 'exam-station_0.2.0_amd64.deb'), join(folder, 'it.update')];
  writeFileSync(source, bytes);
  const update = await writeUpdate(plan, source, file, signer);
  const to = mkdtempSync(join(folder, 'to-'));
  /** The reason for which these bytes are refused. */
  const refusal = async (changed: Uint8Array, key = signer.publicKey): Promise<string> => {
    writeFileSync(file, changed);
    const unpack = async () => (await openUpdate(file, key)).unpackTo(join(to, 'it.deb'));
    const outcome = await refusalOf(unpack());
    // What is refused must not have been left there.
    if (outcome === 'ok') rmSync(join(to, 'it.deb'));
    return outcome;
  };
  return { source, file, to, update, refusal, whole: readFileSync(file) };
}

describe('an update file', () => {
  it('gives back the package it was made of, and what was signed of it', async () => {
    const { file, to, update } = await made();
    const opened = await openUpdate(file, signer.publicKey);
    expect(opened.update).toEqual(update);
    await opened.unpackTo(join(to, 'it.deb'));
    expect(readFileSync(join(to, 'it.deb'))).toEqual(PACKAGE);
    await expect(opened.unpackTo(join(to, 'it.deb'))).rejects.toThrow('EEXIST');
  });

  it('is a line with the statement and then the package', async () => {
    const { whole } = await made();
    const end = whole.indexOf('\n');
    expect(whole.toString('latin1', 0, end)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(whole.subarray(end + 1)).toEqual(PACKAGE);
  });

  it('with any byte changed is refused, and leaves nothing', async () => {
    const { to, refusal, whole } = await made();
    for (let at = 0; at < whole.length; at++)
      for (const by of [1, 0x20, 0x80]) {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] as number) ^ by;
        expect(await refusal(changed), `byte ${at} by ${by}`).toMatch(/^update-(invalid|unsigned)$/);
      }
    expect(readdirSync(to)).toEqual([]);
  });

  it('that is cut off anywhere, or has something after it, is refused', async () => {
    const { refusal, whole } = await made();
    for (let length = 0; length < whole.length; length++)
      expect(await refusal(whole.subarray(0, length)), `${length} bytes`).toBe('update-invalid');
    expect(await refusal(Buffer.concat([whole, Buffer.from('\n')]))).toBe('update-invalid');
  });

  it('of another key is refused', async () => {
    const { refusal, whole } = await made();
    expect(await refusal(whole, openSigner(generateSigningKey()).publicKey)).toBe('update-unsigned');
    expect(await refusal(whole)).toBe('ok');
  });

  it('may be larger than the pieces it is read in', async () => {
    const large = Buffer.alloc(3_000_000, 'package ');
    const { file, to } = await made(large);
    await (await openUpdate(file, signer.publicKey)).unpackTo(join(to, 'it.deb'));
    expect(readFileSync(join(to, 'it.deb'))).toEqual(large);
  });

  it('is not written over another file, and not of something that is no package', async () => {
    const { source, file, to } = await made();
    await expect(writeUpdate(plan, source, file, signer)).rejects.toThrow('EEXIST');
    writeFileSync(join(to, 'notes.txt'), 'x');
    await expect(writeUpdate(plan, join(to, 'notes.txt'), join(to, 'out'), signer)).rejects.toThrow('no name');
    expect(readdirSync(to)).toEqual(['notes.txt']);
  });
});
