import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CandidateList } from '../../contract/people-center/candidates.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import type { PhotoLook } from '../base/index.ts';
import { openTestCenter, type TestCenter } from '../testing/index.ts';

const WANG = { id: 'cd_demo-1', name: '张示范', number: '110105198001010016', examId: 'ex_demo' };
const photo = (last: number): string => Buffer.from([0xff, 0xd8, 0xff, last]).toString('base64');
/** What this gate makes of a photo is in its last byte. */
const LOOKS: readonly PhotoLook[] = [
  { kind: 'good' },
  { kind: 'unseen' },
  { kind: 'unusable', reasons: ['several-faces', 'too-dark'] },
];

let open: TestCenter;
let looked = 0;
beforeAll(async () => {
  const look = async (bytes: Uint8Array) => {
    looked += 1;
    return LOOKS[bytes.at(-1) ?? 0] as PhotoLook;
  };
  open = await openTestCenter({ photoGate: { look, close: async () => undefined } });
});
afterAll(() => open.close());

const headers = () => ({ authorization: `Bearer ${open.secrets.operatorToken}` });
const put = async (...photos: string[]) => {
  const payload = { ...WANG, photos };
  return (await open.app.inject({ method: 'PUT', url: operatorPaths.candidates, payload, headers: headers() })).json();
};
const wang = async () => {
  const reply = await open.app.inject({ url: operatorPaths.candidates, headers: headers() });
  return reply.json<CandidateList>().candidates.find(({ id }) => id === WANG.id);
};

describe('a photo that is registered', () => {
  test('is taken where stations could compare a face with it', async () => {
    expect(await put(photo(0))).toEqual({ ok: true, id: WANG.id });
    expect(await wang()).toMatchObject({ photos: 1 });
    expect(await wang()).not.toHaveProperty('notLookedAt');
  });

  test('is refused at once where they could not, in words and with all that is wrong, and nothing changes', async () => {
    const said = await put(photo(0), photo(2));
    expect(said).toEqual({
      reason: 'photo-unusable',
      detail: '2: 照片里不止一个人 (several-faces)、照片太暗 (too-dark)',
    });
    expect(await wang()).toMatchObject({ photos: 1 });
  });

  test('is taken as it is where nobody could look, and that is said', async () => {
    expect(await put(photo(0), photo(1))).toEqual({ ok: true, id: WANG.id, notLookedAt: 1 });
    expect(await wang()).toMatchObject({ photos: 2, notLookedAt: 1 });
  });

  test('is not looked at where it is no picture at all', async () => {
    const before = looked;
    expect(await put(Buffer.from('GIF89a').toString('base64'))).toMatchObject({ reason: 'photo-unreadable' });
    expect(looked).toBe(before);
  });
});
