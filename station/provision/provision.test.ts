import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../proof/index.ts';
import { normalCode } from '../../proof/secrets/codes.ts';
import { isSecret } from '../../proof/secrets/secret-hash.ts';
import { ADMINISTRATOR_PIN, aTerminal, RECOVERY_CODE } from '../../proof/secrets/terminal.fixture.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { forgetCode, provision, readTerminal, writeTerminal } from './index.ts';

const WISH = {
  name: '一号考站',
  center: 'https://center.example',
  enrolmentCode: 'ABCD-EFGH-JKMN',
  administratorPin: ADMINISTRATOR_PIN,
};

describe('what an administrator says of a terminal', () => {
  it('is written down for the own user only, with hashes for secrets', () => {
    const data = join(temporaryFolder(), 'station');
    const done = provision(data, { ...WISH, cameras: 'A; B', seat: '3-12', room: '' }, false);
    const kept = readTerminal(data);
    expect(kept).toMatchObject({
      name: '一号考站',
      cameras: ['A', 'B'],
      seat: '3-12',
      enrolmentCode: 'ABCD-EFGH-JKMN',
    });
    expect(kept).not.toHaveProperty('room');
    expect(kept && isSecret(ADMINISTRATOR_PIN, kept.administratorPinHash)).toBe(true);
    const code = (done.ok && done.recoveryCode) || '';
    expect(kept?.recoveryCodeHash).toBe(sha256(normalCode(code)));
    const text = readFileSync(join(data, 'terminal.json'), 'utf8');
    for (const secret of [ADMINISTRATOR_PIN, code]) expect(text).not.toContain(secret);
    expect(statSync(join(data, 'terminal.json')).mode & 0o777).toBe(0o600);
  });

  it.each([
    [{ nmae: '一号' }, 'nmae', 'unknown'],
    [{ name: ' ' }, 'name', 'missing'],
    [{ center: 'center.example' }, 'center', 'address'],
    [{ center: 'http://center.example' }, 'center', 'plain'],
    [{ center: 'http://10.0.0.5:8480', plainHttp: '0' }, 'center', 'plain'],
    [{ plainHttp: 'yes' }, 'plainHttp', 'switch'],
    [{ enrolmentCode: '' }, 'enrolmentCode', 'missing'],
    [{ enrolmentCode: 'AB' }, 'enrolmentCode', 'code'],
    [{ centerKey: 'short' }, 'centerKey', 'key'],
    [{ seat: 'B2' }, 'seat', 'seat'],
    [{ reader: ['/dev/ttyUSB0'] }, 'reader', 'not-text'],
    [{ room: 'x'.repeat(101) }, 'room', 'long'],
    [{ administratorPin: undefined }, 'administratorPin', 'missing'],
    [{ administratorPin: '4829' }, 'administratorPin', 'pin'],
    [{ administratorPin: '123456' }, 'administratorPin', 'pin-easy'],
    [{ administratorPin: '777777' }, 'administratorPin', 'pin-easy'],
    [{ recoveryCode: 'ABCDE' }, 'recoveryCode', 'recovery'],
  ])('%o is wrong, and nothing is written', (changes, field, problem) => {
    const data = temporaryFolder();
    expect(provision(data, { ...WISH, ...changes }, false)).toEqual({ ok: false, wrong: [{ field, problem }] });
    expect(existsSync(join(data, 'terminal.json'))).toBe(false);
  });

  it.each<[string, object, boolean]>([
    ['where that was said', { plainHttp: '1' }, false],
    ['as a file of YAML says it', { plainHttp: 'true' }, false],
    ['where it is enrolled already, so that nobody is shut out of it', {}, true],
  ])('has a center that is reached in the open %s', (_, more, enrolled) => {
    const data = temporaryFolder();
    const done = provision(data, { ...WISH, center: 'http://10.0.0.5:8480', ...more }, enrolled);
    expect(done).toMatchObject({ ok: true });
    expect(readTerminal(data)?.plainHttp).toBe('plainHttp' in more ? true : undefined);
  });

  it('names everything that is wrong at once', () => {
    const done = provision(temporaryFolder(), {}, false);
    const missing = ['administratorPin', 'enrolmentCode', 'name', 'center'];
    expect(done).toEqual({ ok: false, wrong: missing.map((field) => ({ field, problem: 'missing' })) });
  });

  it('keeps PIN and recovery code where a change is silent, and needs no code once enrolled', () => {
    const data = temporaryFolder();
    const before = aTerminal();
    writeTerminal(data, before);
    const done = provision(data, { name: '二号考站', center: before.center }, true);
    expect(done).toEqual({ ok: true, settings: { ...before, name: '二号考站', room: undefined } });
    const renewed = provision(data, { ...WISH, recoveryCode: RECOVERY_CODE.toLowerCase() }, true);
    expect(renewed).not.toHaveProperty('recoveryCode');
    expect(readTerminal(data)?.recoveryCodeHash).toBe(before.recoveryCodeHash);
    expect(readTerminal(data)).not.toHaveProperty('enrolmentCode');
  });
});

it('a code that was used is taken out of the file, and nothing else', () => {
  const data = temporaryFolder();
  forgetCode(data);
  const terminal = aTerminal({ enrolmentCode: 'ABCDEF' });
  writeTerminal(data, terminal);
  forgetCode(data);
  const { enrolmentCode: _, ...rest } = terminal;
  expect(readTerminal(data)).toEqual(rest);
});
