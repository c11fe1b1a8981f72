import {
  batchOf,
  enrolStation,
  enrolWith,
  newCode,
  newSigner,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../../center/testing/index.ts';
import type { Batch, Receipt } from '../../contract/records/batches.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { instant, SittingId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { proofFileText, type Signer, sealBatch, sha256, signRotation, verifyProofFile } from '../../proof/index.ts';
import { sealRescue } from '../../proof/sealed/index.ts';
import { openChangeKey } from '../../station/center-link/change-key.ts';
import { wishKeyChange } from '../../station/keep/identity/index.ts';
import type { Attack, Seen } from './attack.ts';
import { stationRoutes } from './on-keys.ts';
import { at, refresh, setUp, silentLog, withCenter } from './station-at-center.ts';

type Scene = {
  readonly open: TestCenter;
  /** As it was before it changed its key: what a thief has. */
  readonly stolen: TestStation;
  /** With the key that it has now. */
  readonly station: TestStation;
};

/** Against a station that has changed its key, whose former one the attacker has. */
async function changed(replay: (scene: Scene) => Promise<Seen>): Promise<Seen> {
  const open = await openTestCenter();
  try {
    const stolen = await enrolStation(open.app, open.secrets.enrolmentCode);
    const next = newSigner();
    await asks(open, rotation(open, stolen, stolen.signer, next));
    const call: TestStation['call'] = (method, path, body) => stolen.call(method, path, body, { signer: next });
    return await replay({ open, stolen, station: { ...stolen, signer: next, call } });
  } finally {
    await open.close();
  }
}

const rotation = ({ center }: TestCenter, { stationId }: TestStation, former: Signer, next: Signer) =>
  signRotation({ former, next }, { stationId, centerKey: center.signer.publicKey, at: instant(new Date()) });

/** @returns why it was refused; nothing where it was not */
async function asks({ app }: TestCenter, payload: object): Promise<string | undefined> {
  const reply = await app.inject({ method: 'POST', url: paths.rotation, payload });
  return reply.statusCode === 200 ? undefined : reply.json<{ reason: string }>().reason;
}

const refused = (reason: string | undefined): Seen =>
  reason ? { outcome: 'prevented', said: reason } : { outcome: 'open', said: 'it is vouched for' };

const recordsIn = async ({ center }: TestCenter): Promise<number> =>
  Number((await center.db.query('SELECT count(*) AS count FROM records'))[0]?.count);
const certificatesIn = async ({ center }: TestCenter): Promise<number> =>
  Number((await center.db.query("SELECT count(*) AS count FROM log_entries WHERE kind = 'certificate'"))[0]?.count);

/** Sends a batch that the former key signed. */
async function sends({ open, stolen }: Scene, by: TestStation): Promise<Seen> {
  const reply = await by.call('POST', paths.batches, await batchOf(stolen, [recordOf(stolen)]));
  const { reason } = reply.json<{ reason?: string }>();
  const count = await recordsIn(open);
  return reason && count === 0 ? { outcome: 'prevented', said: reason } : { outcome: 'open', said: `${count} records` };
}

/** What `verify` says of a batch, with a receipt or without. */
async function verdictOn(
  { center }: TestCenter,
  certificate: string,
  batch: Batch,
  receipt: Receipt | null,
): Promise<string> {
  const sealed = sealBatch(batch);
  if (!sealed) throw new Error('it is no batch');
  const key = center.signer.publicKey;
  const text = proofFileText({ centerKey: key, certificate, batch: sealed, receipt });
  const checked = await verifyProofFile(new TextEncoder().encode(text), key);
  return checked.ok ? checked.summary.verdict : checked.reason;
}

export const attacksOnRotation: readonly Attack[] = [
  {
    name: 'result-by-a-former-key',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'signs a result with a key that its station has changed since, and sends it',
    outcome: 'prevented',
    by: 'the center takes no request by a former key',
    told: ['station-key-old'],
    replay: () => changed((scene) => sends(scene, scene.stolen)),
  },
  {
    name: 'batch-dated-before-the-change',
    about: 'keys',
    attacker: 'administrator of a station',
    does: 'signs a result with the former key, dated before the change, and has the station send it with its present one',
    outcome: 'prevented',
    by: 'the center: what a former key signed was logged before the change, or never is',
    told: ['station-key-old'],
    replay: () => changed((scene) => sends(scene, scene.station)),
  },
  {
    name: 'proof-by-a-former-key',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'makes a proof file with the former key and its certificate, and the receipt of a batch of the station',
    outcome: 'prevented',
    by: '`verify`: a receipt is of the records that were logged; without one the file is *signed only*',
    told: ['receipt-invalid', 'signed-only'],
    replay: () =>
      changed(async ({ open, stolen, station }) => {
        const genuine = await batchOf(station, [recordOf(station)]);
        const receipt = (await station.call('POST', paths.batches, genuine)).json<Receipt>();
        const forged = await batchOf(stolen, [recordOf(stolen)]);
        const verdicts = [
          await verdictOn(open, stolen.certificate, forged, receipt),
          await verdictOn(open, stolen.certificate, forged, null),
        ];
        return { outcome: verdicts.includes('proven') ? 'open' : 'prevented', said: verdicts.join(', ') };
      }),
  },
  {
    name: 'former-key-asks',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'asks for roster, questions, photos and mail with a key that its station has changed, by each route there is',
    outcome: 'prevented',
    by: 'the center refuses each before it reads more than who asks',
    told: ['station-key-old'],
    replay: () =>
      changed(async ({ open, stolen }) => {
        const answered: string[] = [];
        const routes = await stationRoutes(open);
        for (const [method, path] of routes) {
          const reply = await stolen.call(method, path, method === 'GET' ? undefined : {});
          if (reply.json<{ reason?: string }>().reason !== 'station-key-old') answered.push(path);
        }
        return answered.length > 0
          ? { outcome: 'open', said: answered.join(', ') }
          : { outcome: 'prevented', said: `each of ${routes.length} routes: station-key-old` };
      }),
  },
  {
    name: 'former-key-changes-again',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'changes the key once more, from the former one to one of the thief’s',
    outcome: 'prevented',
    by: 'the center: only the present key has a next one',
    told: ['station-key-old'],
    replay: () =>
      changed(async ({ open, stolen }) =>
        refused(await asks(open, rotation(open, stolen, stolen.signer, newSigner()))),
      ),
  },
  {
    name: 'former-key-enrols-anew',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'enrols a key that its station has changed as a station of its own, with a code that was found',
    outcome: 'prevented',
    by: 'the center',
    told: ['key-weak'],
    replay: () =>
      changed(async ({ open: { app, secrets }, stolen }) => {
        const reply = await enrolWith(app, await newCode(app, secrets.operatorToken), stolen.signer);
        return refused(reply.json<{ reason?: string }>().reason);
      }),
  },
  {
    name: 'rotation-replayed',
    about: 'keys',
    attacker: 'somebody on the line',
    does: 'sends a change of key again that was seen before: at once, and after the next one',
    outcome: 'prevented',
    by: 'the center: at once it is answered as before and nothing is certified; later it is by a former key',
    told: ['station-key-old'],
    replay: () =>
      changed(async ({ open, station }) => {
        const [second, third] = [newSigner(), newSigner()];
        const seen = rotation(open, station, station.signer, second);
        await asks(open, seen);
        const certificates = await certificatesIn(open);
        const atOnce = await asks(open, seen);
        const same = (await certificatesIn(open)) === certificates;
        await asks(open, rotation(open, station, second, third));
        const later = await asks(open, seen);
        const reply = await station.call('GET', paths.mail);
        const back = reply.json<{ reason?: string }>().reason !== 'station-key-old';
        return same && !back && later
          ? { outcome: 'prevented', said: `${atOnce ?? 'the same answer'}, then ${later}` }
          : { outcome: 'open', said: 'an earlier key is back' };
      }),
  },
  {
    name: 'rotation-without-possession',
    about: 'keys',
    attacker: 'administrator of a station',
    does: 'changes the key of a station to one of somebody else’s, whose signatures would then pass for the station’s',
    outcome: 'prevented',
    by: 'the center: the next key has to sign as well, word for word the same',
    told: ['key-unproven'],
    replay: () =>
      changed(async ({ open, station }) => {
        const [somebody, own] = [newSigner(), newSigner()];
        const { byFormer } = rotation(open, station, station.signer, somebody);
        const { byNext } = rotation(open, station, station.signer, own);
        return refused((await asks(open, { byFormer, byNext })) && (await asks(open, { byFormer, byNext: byFormer })));
      }),
  },
  {
    name: 'rotation-to-the-key-of-another',
    about: 'keys',
    attacker: 'administrator of a station',
    does: 'changes the key of one station to that of another, present or former, so that one signs for both',
    outcome: 'prevented',
    by: 'the center: a key that any station has or had is nobody’s next',
    told: ['key-weak'],
    replay: () =>
      changed(async ({ open, stolen, station }) => {
        const { app, secrets } = open;
        const other = await enrolStation(app, await newCode(app, secrets.operatorToken));
        const said = [
          await asks(open, rotation(open, station, station.signer, other.signer)),
          await asks(open, rotation(open, other, other.signer, stolen.signer)),
        ];
        return refused(said.every((reason) => reason === 'key-weak') ? 'key-weak' : undefined);
      }),
  },
  {
    name: 'rescue-by-a-former-key',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'makes up an exam under way with a former key, and carries it to another station by hand',
    outcome: 'prevented',
    by: 'the station it is for, from when it has heard of the next key; one that has been without the network since before takes it',
    told: ['station-key-old'],
    replay: () =>
      withCenter(async (open, folder) => {
        const { station: destination } = await setUp(open, at(folder));
        try {
          const origin = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken));
          await asks(open, rotation(open, origin, origin.signer, newSigner()));
          await refresh(destination);
          const { identity, arrivals, clock } = destination;
          const plan = {
            ...{ tenantId: origin.tenantId, from: origin.stationId, sittingId: SittingId.parse('si_made-up') },
            ...{ to: identity.enrolment?.stationId as typeof origin.stationId, movedAt: clock.wall() },
          };
          const line = {
            ...plan,
            at: clock.wall(),
            boot: 'a',
            monotonic: 1,
            event: { type: 'opened' },
            hash: sha256(''),
          };
          const lines = [1, 2].map((sequence) => ({ ...line, sequence, sitting: plan.sittingId }));
          const content = { previous: sha256(''), lines };
          return takes(() => arrivals.take(sealRescue(plan, content, identity.signer.publicKey, origin)));
        } finally {
          destination.stop();
        }
      }),
  },
  {
    name: 'change-of-key-cut-off',
    about: 'keys',
    attacker: 'somebody on the line',
    does: 'lets a change of key reach the center, and tells the station that it was refused, so that it has lost its key',
    outcome: 'prevented',
    by: 'the station keeps both keys, and asks again until it has the certificate that the center signed',
    told: ['it has the next key'],
    replay: () =>
      withCenter(async (open, folder) => {
        const { station } = await setUp(open, at(folder));
        try {
          const parts = { ...station, busy: () => false, log: silentLog };
          const lying = async (next: Signer): Promise<never> => {
            await station.client.changeKey(next);
            throw new Refusal('key-weak');
          };
          wishKeyChange(station.database, station.clock.wall());
          await openChangeKey({ ...parts, client: { changeKey: lying } })().catch(() => undefined);
          await openChangeKey(parts)();
          await station.client.mail();
          return { outcome: 'prevented', said: 'it has the next key' };
        } catch (error) {
          return { outcome: 'open', said: String(error) };
        } finally {
          station.stop();
        }
      }),
  },
  {
    name: 'thief-changes-the-key-first',
    about: 'keys',
    attacker: 'thief of a key',
    does: 'changes the present key of a station to one of the thief’s, and is the station from then on',
    outcome: 'detected',
    by: 'the station: each request of it is refused as by a former key, which its screen, `doctor` and the silence at the center say; the log has the certificate. Its operator revokes it',
    told: ['station-key-old'],
    replay: () =>
      changed(async ({ open, station }) => {
        const reason = await asks(open, rotation(open, station, station.signer, newSigner()));
        if (reason) return { outcome: 'prevented', said: reason };
        const told = (await station.call('GET', paths.mail)).json<{ reason?: string }>().reason;
        return told === 'station-key-old'
          ? { outcome: 'detected', said: told }
          : { outcome: 'open', said: 'nobody is told' };
      }),
  },
];

/** Whether a station takes a file in. */
function takes(take: () => unknown): Seen {
  try {
    take();
    return { outcome: 'open', said: 'it is taken in' };
  } catch (error) {
    const reason = error instanceof Refusal ? error.reason : String(error);
    return { outcome: reason === 'station-key-old' ? 'prevented' : 'open', said: reason };
  }
}
