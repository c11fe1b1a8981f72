import { expect, it } from 'vitest';
import { newSigner } from '../../proof/proof.fixture.ts';
import { answeringWithoutEnd } from '../../tests/kit/endless.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openLogClient } from './log-client.ts';

it('an answer of the log without an end is read no further than any honest one goes', async () => {
  const { url, sent } = await answeringWithoutEnd();
  const client = openLogClient(url, () => newSigner().publicKey);
  expect(await refusalOf(client.newest())).toBe('center-refused');
  expect(sent()).toBeLessThan(128_000_000);
});
