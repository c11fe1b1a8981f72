import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileOf, MORNING, openForge, payloadIn, satOf, signText } from './exported.fixture.ts';
import { verifyJws, verifyProofFile } from './index.ts';
import type { JwsType } from './jws.ts';
import { grantOf } from './proof.fixture.ts';
import { parseWritten } from './written-json.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('JSON as it was written', () => {
  it('is read whatever was written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseWritten(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['a member twice', '{"a":1,"a":1}'],
    ['a member twice, deep inside', '{"a":{"b":[{"c":1,"c":2}]}}'],
    ['one written with an escape, twice', '{"a":1,"\\u0061":2}'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}'],
    ['a blank', '{"a": 1}'],
    ['a blank behind', '{"a":1} '],
    ['a longer number', '{"a":1.0}'],
    ['an escape', '{"a":"\\u0061"}'],
    ['no JSON', '{a:1}'],
    ['nothing', ''],
    ['a mark in front', '\ufeff{}'],
    ['depth that nobody wrote', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ])('is not with %s', (_, text) => {
    expect(parseWritten(text)).toBeUndefined();
  });
});

/** A file under whose every signature something is written that its signer never writes. */
async function openFile() {
  const forge = openForge();
  const grant = grantOf({ from: MORNING.issuedAt, until: '2026-12-01T20:00:00.000Z' });
  const record = satOf(1, { tenantId: grant.tenantId, grant: grant.id } as object);
  const { file } = await forge.exports([record], { shows: false });
  const grants = [forge.center.signer.sign('exam-station/grant', grant)];
  const whole = { ...file, format: 'exam-station/proof@2' as const, grants };
  const { centerSecret, stationSecret } = forge;
  const signed = {
    certificate: [whole.certificate, centerSecret, 'exam-station/certificate'],
    header: [whole.batch.header, stationSecret, 'exam-station/batch'],
    grant: [grants[0] as string, centerSecret, 'exam-station/grant'],
    treeHead: [whole.receipt?.treeHead ?? '', centerSecret, 'exam-station/tree-head'],
  } as const satisfies Record<string, readonly [string, Uint8Array, JwsType]>;
  type Which = keyof typeof signed;
  const saying = async (which: Which, change: (text: string) => string): Promise<string> => {
    const [jws, secret, type] = signed[which];
    const other = signText(secret, type, change(payloadIn(jws)));
    const { text } = fileOf({
      ...whole,
      certificate: which === 'certificate' ? other : whole.certificate,
      batch: { ...whole.batch, header: which === 'header' ? other : whole.batch.header },
      grants: which === 'grant' ? [other] : grants,
      receipt: whole.receipt && {
        ...whole.receipt,
        treeHead: which === 'treeHead' ? other : whole.receipt.treeHead,
      },
    });
    const outcome = await verifyProofFile(bytesOf(text), forge.key);
    return outcome.ok ? outcome.summary.verdict : outcome.reason;
  };
  return { saying, which: Object.keys(signed) as Which[], signed };
}

describe('what is signed in a proof file', () => {
  it('is read as it was written, by whoever has the key', async () => {
    const { saying, which } = await openFile();
    for (const one of which) expect(await saying(one, (text) => text), one).toBe('proven');
  });

  it('is refused with any member named twice, whatever it says the second time, wherever', async () => {
    const { saying, which, signed } = await openFile();
    const members = which.flatMap((one) =>
      Object.entries(JSON.parse(payloadIn(signed[one][0])) as object).map((member) => ({ one, member })),
    );
    const again = fc.record({
      of: fc.constantFrom(...members),
      other: fc.option(fc.jsonValue(), { nil: undefined }),
      inFront: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(again, async ({ of: { one, member }, other, inFront }) => {
        const [name, value] = member;
        const said = `${JSON.stringify(name)}:${JSON.stringify(other ?? value)}`;
        const twice = (text: string) => (inFront ? `{${said},${text.slice(1)}` : `${text.slice(0, -1)},${said}}`);
        expect(await saying(one, twice)).toBe('statement-unclear');
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['a member that nobody knows', (text: string) => `${text.slice(0, -1)},"until":"2027-01-01T00:00:00.000Z"}`],
    ['a blank', (text: string) => text.replace(':', ': ')],
    ['an escape', (text: string) => text.replace('"st_', '"\\u0073t_').replace('"root', '"\\u0072oot')],
  ])('is refused with %s', async (_, change) => {
    const { saying, which } = await openFile();
    for (const one of which)
      expect(await saying(one, one === 'grant' ? twisted(change) : change), one).toBe('statement-unclear');
  });

  it('is nobody’s word where it is said twice, in any statement', () => {
    const { centerSecret, key } = openForge();
    const read = (text: string) =>
      verifyJws(signText(centerSecret, 'exam-station/command', text), 'exam-station/command', key);
    expect(read('{"a":1}')).toEqual({ a: 1 });
    expect(read('{"a":1,"a":2}')).toBeUndefined();
  });
});

/** A grant has an `until` of its own. */
const twisted = (change: (text: string) => string) => (text: string) =>
  change(text).replace(',"until":"2027', ',"also":"2027');
