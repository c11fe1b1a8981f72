import { describe, expect, it } from 'vitest';
import { parseTerminal } from '../../contract/shell/terminal-settings.ts';
import { readBy, readVariables } from '../../contract/shell/variables.ts';
import { hashSecret, isSecret } from './secret-hash.ts';
import { ADMINISTRATOR_PIN, aTerminal } from './terminal.fixture.ts';

const written = (changes: object): string => JSON.stringify({ ...aTerminal(), ...changes });

describe('what is written down of a terminal', () => {
  it('is read as it was written', () => {
    const terminal = aTerminal();
    expect(parseTerminal(JSON.stringify(terminal))).toEqual(terminal);
  });

  it.each([
    [{ nmae: '一号' }, 'nmae is unknown'],
    [{ center: 'ftp://center' }, 'center is not right'],
    [{ seat: 'B2' }, 'seat is not right'],
    [{ format: 'exam-station/terminal@2' }, 'format is not right'],
    [{ administratorPinHash: '482915' }, 'administratorPinHash is not right'],
  ])('%o is refused with the field, and without what stands there', (changes, words) => {
    expect(() => parseTerminal(written(changes))).toThrow(words);
    expect(() => parseTerminal(written({ ...changes, enrolmentCode: 'SECRET1' }))).not.toThrow('SECRET1');
  });

  it('is refused where it is cut short', () => {
    expect(() => parseTerminal('{"format":')).toThrow('settings-unreadable');
  });
});

describe('what the surroundings say instead', () => {
  it('is each variable that is not empty', () => {
    const env = {
      EXAM_STATION_NAME: '北门',
      EXAM_CENTER_URL: '',
      EXAM_STATION_CAMERAS: 'A; B',
      EXAM_STATION_SEAT: '3-12',
    };
    expect(readVariables(readBy('shell'), env)).toEqual({ name: '北门', cameras: ['A', 'B'], seat: '3-12' });
  });

  it('names the variable that is not right', () => {
    expect(() => readVariables(readBy('shell'), { EXAM_CENTER_KEY: 'short' })).toThrow(
      'EXAM_CENTER_KEY is not a public key',
    );
  });
});

describe('a PIN that is kept', () => {
  it('is known again, and no other is', () => {
    const kept = hashSecret(ADMINISTRATOR_PIN);
    expect(kept).not.toContain(ADMINISTRATOR_PIN);
    expect([isSecret(ADMINISTRATOR_PIN, kept), isSecret('482916', kept)]).toEqual([true, false]);
    expect(hashSecret(ADMINISTRATOR_PIN)).not.toBe(kept);
  });
});
