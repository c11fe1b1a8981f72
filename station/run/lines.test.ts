import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { newSigner, openTinyCenter } from '../../proof/proof.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openLines } from './lines.ts';

const ELSEWHERE = 'http://192.0.2.1';
const enrolment = openTinyCenter().enrol(newSigner().publicKey);

function open(more: { plainHttp?: boolean; enrolled?: boolean; centerUrl?: string } = {}) {
  const { plainHttp, enrolled = false, centerUrl = ELSEWHERE } = more;
  const said: unknown[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => said.push(JSON.parse(line).reason) });
  const lines = openLines({ centerUrl, plainHttp, identity: { enrolment: enrolled ? enrolment : undefined }, log });
  const ask = () => refusalOf(lines.center.ask('/', { signal: AbortSignal.timeout(30) }));
  return { lines, said, ask };
}

describe('an address in the open', () => {
  it('is not asked by a station that is to enrol there', async () => {
    const { lines, said, ask } = open();
    expect([await ask(), said, lines.facts()]).toEqual([
      'center-plain',
      ['center-plain'],
      { way: 'plain', vouched: undefined, allowed: false },
    ]);
  });

  it('is asked by one that enrolled before that had to be said, and logged', async () => {
    const { said, ask } = open({ enrolled: true });
    expect([await ask(), said]).toEqual(['center-down', ['center-plain']]);
  });

  it('is asked where somebody said so, and logged', async () => {
    const { lines, said, ask } = open({ plainHttp: true });
    expect([await ask(), said, lines.facts().allowed]).toEqual(['center-down', ['center-plain-allowed'], true]);
  });
});

it('a center on this machine, or behind TLS, is nothing to warn of', () => {
  for (const centerUrl of ['http://127.0.0.1:9', 'https://192.0.2.1']) expect(open({ centerUrl }).said).toEqual([]);
});
