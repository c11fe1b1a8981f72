import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CenterKeyList } from '../../contract/records/center-keys.ts';
import { issuedBy } from '../../proof/center-keys.fixture.ts';
import { generateSigningKey, listOfKeys, openSigner, type Signer, verifyProofFile, whoSaw } from '../../proof/index.ts';
import { genuineInLog } from '../../proof/log.fixture.ts';
import { newSigner, recordOf } from '../../proof/proof.fixture.ts';
import { witnessKey } from '../../proof/transparency/index.ts';
import type { Attack, Seen } from './attack.ts';
import { openKeysScene, stationAt } from './keys-scene.ts';

type Scene = Awaited<ReturnType<typeof openKeysScene>>;

async function inScene(replay: (scene: Scene) => Promise<Seen>): Promise<Seen> {
  await using scene = await openKeysScene();
  return await replay(scene);
}

const YEARS = ['2026-03-01T00:00:00.000Z', '2027-03-01T00:00:00.000Z'] as const;
const prevented = (said: string): Seen => ({ outcome: 'prevented', said });
const open = (said: string): Seen => ({ outcome: 'open', said });

/** A pass that somebody makes with a key, in a log of their own that they date as they like. */
async function passBy(secret: Uint8Array, rootKey: Signer['publicKey'], keys: CenterKeyList): Promise<Uint8Array> {
  const root = { ...newSigner(), publicKey: rootKey };
  const { text } = await genuineInLog([recordOf(1)], { secret, root, keys });
  return Buffer.from(text);
}

/** What a station makes of a key that it heard of, and of what it signs. */
async function believes(scene: Scene, url: string, said: CenterKeyList): Promise<boolean> {
  const { identity, client } = stationAt(url);
  identity.saveEnrolment(await client.enrol({ code: scene.secrets.enrolmentCode, name: '一号考站' }));
  await client.hearOfKeys();
  const { centerKeys: before } = identity;
  identity.hearOfKeys(said);
  const { centerKeys: after } = identity;
  if (!before || !after) throw new Error('it is enrolled');
  return listOfKeys(after).keys.length > listOfKeys(before).keys.length;
}

/** What a start comes to with what lies in the data folder now. */
const startOf = (scene: Scene): Promise<string | undefined> =>
  scene.start().then(
    () => undefined,
    (error: Error) => error.message,
  );

export const attacksOnCenterKeys: readonly Attack[] = [
  {
    name: 'issuing-key-made-up',
    about: 'keys',
    attacker: 'operator of the center',
    does: 'makes an issuing key where the root is not, and writes it into the data folder and the database as if the root had signed it',
    outcome: 'prevented',
    by: 'the center does not start with it; stations and `verify` take no key that the root did not sign',
    told: ['signature-invalid'],
    replay: () =>
      inScene(async (scene) => {
        const { url } = await scene.start();
        const secret = generateSigningKey();
        const { publicKey } = openSigner(secret);
        // Whoever has no root signs as somebody else: with the key itself, or with the one that is there.
        const forged = [openSigner(secret), scene.stolen().signer].map((by) => {
          const says = { format: 'exam-station/center-key@1', publicKey, from: YEARS[0], until: YEARS[1] };
          return by.sign('exam-station/center-key', says);
        });
        const said = { keys: forged, revocations: [] };
        const heard = await believes(scene, url, said);
        const pass = await verifyProofFile(
          await passBy(secret, scene.secrets.centerKey, said),
          scene.secrets.centerKey,
        );
        await scene.stop();
        const sql = 'INSERT INTO center_keys (public_key, statement, added_at) VALUES ($1, $2, now())';
        await scene.db.query(sql, [publicKey, forged[0]]);
        writeFileSync(join(scene.data, 'issuing.key'), secret);
        const why = await startOf(scene);
        return why && !heard && !pass.ok
          ? prevented(`${pass.reason}; the center: ${why.slice(-60)}`)
          : open('it is believed');
      }),
  },
  {
    name: 'issuing-key-of-another-center',
    about: 'keys',
    attacker: 'operator of the center',
    does: 'brings an issuing key, and what the root of another center said of it, to this one',
    outcome: 'prevented',
    by: 'center, stations and `verify`: the statement is by the root of another center',
    told: ['signature-invalid'],
    replay: () =>
      inScene(async (scene) => {
        const { url } = await scene.start();
        const other = issuedBy(newSigner(), ...YEARS);
        const said = { keys: [other.statement], revocations: [] };
        const heard = await believes(scene, url, said);
        const pass = await verifyProofFile(
          await passBy(other.secret, scene.secrets.centerKey, said),
          scene.secrets.centerKey,
        );
        await scene.stop();
        const sql = 'INSERT INTO center_keys (public_key, statement, added_at) VALUES ($1, $2, now())';
        await scene.db.query(sql, [other.signer.publicKey, other.statement]);
        writeFileSync(join(scene.data, 'issuing.key'), other.secret);
        const why = await startOf(scene);
        return why && !heard && !pass.ok ? prevented(pass.reason) : open('it is believed');
      }),
  },
  {
    name: 'issuing-key-after-its-end',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'signs a certificate, a tree head and a pass with an issuing key whose time is over',
    outcome: 'prevented',
    by: '`verify`: each statement is held to the time of its key',
    told: ['center-key-ended'],
    replay: async () => {
      const root = newSigner();
      const ended = issuedBy(root, '2025-03-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z');
      const said = { keys: [ended.statement], revocations: [] };
      const pass = await verifyProofFile(await passBy(ended.secret, root.publicKey, said), root.publicKey);
      return pass.ok ? open('it is proven') : prevented(pass.reason);
    },
  },
  {
    name: 'issuing-key-dated-back',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'dates what an issuing key signs back into the time of that key, which is over, in a log that nobody has seen',
    outcome: 'detected',
    by: 'whoever asks `verify` for a witness: none has seen that log. Without one, and until the key is revoked, it passes: the old key is erased when a new one is issued',
    told: ['witnesses-missing'],
    replay: async () => {
      const root = newSigner();
      const ended = issuedBy(root, ...YEARS);
      const said = { keys: [ended.statement], revocations: [] };
      const pass = await verifyProofFile(await passBy(ended.secret, root.publicKey, said), root.publicKey);
      if (!pass.ok) return prevented(pass.reason);
      const witness = witnessKey('county.example/1', newSigner().publicKey);
      const seen = whoSaw(pass.summary.log, { least: 1, witnesses: [witness] });
      return seen.ok ? open('a witness saw it') : { outcome: 'detected', said: seen.reason };
    },
  },
  {
    name: 'stolen-issuing-key-revoked',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'goes on with an issuing key that was stolen and then revoked: with a pass that is dated before, and at a station that heard of it',
    outcome: 'prevented',
    by: '`verify --center-keys`, with what the center serves, wherever no head by another key holds it; stations from the round in which they hear of it on',
    told: ['center-key-revoked'],
    replay: () =>
      inScene(async (scene) => {
        const { stolen, issued, root, secrets } = scene;
        const { secret, signer } = stolen();
        const before = await scene.start();
        const { identity, client } = stationAt(before.url);
        identity.saveEnrolment(await client.enrol({ code: secrets.enrolmentCode, name: '一号考站' }));
        const shown = listOfKeys(before.center.keys);
        const pass = await passBy(secret, secrets.centerKey, shown);
        await scene.stop();
        await scene.change('revoke', issued.keyId, '--root', root);
        await scene.change('issue', '--root', root);
        const { url } = await scene.start();
        const centerKeys = await scene.served(url);
        identity.hearOfKeys(centerKeys);
        const verdict = await verifyProofFile(pass, secrets.centerKey, { centerKeys });
        const { stationId } = identity.enrolment ?? {};
        const endings = ['2026-03-05T00:00:00.000Z', new Date().toISOString()].map((at) =>
          signer.sign('exam-station/revocation', {
            format: 'exam-station/revocation@1',
            stationId,
            at,
            cause: 'other',
          }),
        );
        const heard = endings.some((jws) => identity.revoked.hear(jws));
        if (verdict.ok || heard) return open('it is believed');
        return verdict.reason === 'center-key-revoked'
          ? prevented(verdict.reason)
          : open(`refused for ${verdict.reason} only`);
      }),
  },
  {
    name: 'revocation-of-a-key-left-out',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'hands in a pass by an issuing key that was revoked, in a file that does not say so, to somebody who asks nobody',
    outcome: 'open',
    by: 'it takes a list of keys fetched from the center (`verify --center-keys`), or a witness (`verify --witness`)',
    replay: async () => {
      const root = newSigner();
      const key = issuedBy(root, ...YEARS);
      const said = { keys: [key.statement], revocations: [] };
      const pass = await verifyProofFile(await passBy(key.secret, root.publicKey, said), root.publicKey);
      return pass.ok ? open(pass.summary.verdict) : prevented(pass.reason);
    },
  },
];
