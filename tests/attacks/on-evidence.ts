import { logEntries } from '../../center/log/index.ts';
import { evidenceWishEntry, inspectorKeyEntry } from '../../contract/log/entries.ts';
import { EvidenceWish, type InspectorKey } from '../../contract/records/evidence.ts';
import { EvidenceWishId, instant, type SittingId, type TenantId } from '../../contract/words/ids.ts';
import type { ExchangeKey } from '../../contract/words/keys.ts';
import { type Signer, sha256 } from '../../proof/index.ts';
import { newInspectorKey, sealEvidence } from '../../proof/sealed/index.ts';
import type { Attack, Seen } from './attack.ts';
import { inScene, REASON, roundWith, type Scene } from './evidence-scene.ts';

const DAY_MS = 86_400_000;
const INSPECTOR = { about: 'evidence' } as const;

/** What went out of the station, and what of it was opened with a key. */
const went = ({ station }: Scene): number => station.evidenceWishes.open().length;

type Forged = { readonly key?: ExchangeKey; readonly tenantId?: TenantId; readonly sittingId?: SittingId };

/** What whoever has the keys of a center can sign of a wish and its key. */
function signedBy(signer: Signer, { station, sitting, inspector, own }: Scene, forged: Forged = {}) {
  const { stationId, tenantId } = station.identity.enrolment ?? {};
  const [at, key] = [instant(new Date()), forged.key ?? own.key];
  const says = EvidenceWish.parse({
    ...{ format: 'exam-station/evidence-wish@1', id: EvidenceWishId.parse('ew_forged'), stationId },
    ...{ tenantId: forged.tenantId ?? tenantId, sittingId: forged.sittingId ?? sitting, key, reason: REASON },
    by: { accountId: inspector.id, name: inspector.name },
    ...{ at, expiresAt: instant(new Date(Date.now() + DAY_MS)) },
  });
  const certified: InspectorKey = { format: 'exam-station/inspector-key@1', accountId: inspector.id, key, at };
  return {
    wish: signer.sign('exam-station/evidence-wish', says),
    key: signer.sign('exam-station/inspector-key', certified),
    says,
  };
}

type Sign = ReturnType<typeof signedBy>;
const log = ({ center: { center } }: Scene, { wish, key, says }: Sign) =>
  center.db.transaction((tx) =>
    logEntries(tx, center, [inspectorKeyEntry(key), evidenceWishEntry(sha256(wish), says.key)]),
  );
const entriesOf = async ({ center: { app } }: Scene) => {
  const { entries } = (await app.inject('/v1/log/entries')).json<{ entries: { text: string }[] }>();
  return entries.map(({ text }) => JSON.parse(text) as { kind: string; key?: string });
};

/** What a station refused of a wish, or that it sent something. */
async function refusal(scene: Scene): Promise<Seen> {
  const [one] = scene.station.evidenceWishes.open();
  if (one?.refused) return { outcome: 'prevented', said: one.refused };
  return one ? { outcome: 'open', said: 'sent' } : { outcome: 'prevented', said: 'nothing is sent' };
}
const answered = (reply: { statusCode: number; json(): unknown }): Seen =>
  reply.statusCode === 200
    ? { outcome: 'open', said: 'asked' }
    : { outcome: 'prevented', said: (reply.json() as { reason: string }).reason };

/** Pictures of people, which lie at their station alone until an inspector asks. */
/** Somebody of another role registers a key, and asks with it. */
const asksAs = (role: 'firm' | 'bureau') => (): Promise<Seen> =>
  inScene(async (scene) => {
    const account = await scene.account(role, `ap_${role}`);
    await scene.register(account);
    return answered(await scene.ask(account));
  });

export const attacksOnEvidence: readonly Attack[] = [
  {
    ...INSPECTOR,
    name: 'pictures-to-a-key-that-is-in-no-log',
    attacker: 'operator of the center',
    does: 'has a station seal pictures to a key of their own under the name of an inspector, and keeps that out of the log',
    outcome: 'prevented',
    by: 'the station: it sends nothing on a wish, or to a key, that is not in the log which it watches',
    told: ['nothing is sent'],
    replay: () =>
      inScene(async (scene) => {
        await roundWith(scene, [signedBy(scene.center.center.signer, scene, { key: newInspectorKey().key })]);
        return refusal(scene);
      }),
  },
  {
    ...INSPECTOR,
    name: 'pictures-to-a-key-of-the-operators',
    attacker: 'operator of the center',
    does: 'puts a key of their own under the name of an inspector, has it logged as it should, and asks',
    outcome: 'detected',
    by: 'the log (`/v1/log/entries`), which has the key under the account of the inspector, who never registered it, and the wish; and the ledger of the station. The pictures are seen all the same',
    told: ['ledger and log name a key of nobody'],
    replay: () =>
      inScene(async (scene) => {
        const mine = newInspectorKey();
        const signed = signedBy(scene.center.center.signer, scene, { key: mine.key });
        await log(scene, signed);
        await roundWith(scene, [signed]);
        const isLogged = (await entriesOf(scene)).some(({ kind, key }) => kind === 'evidence-wish' && key === mine.key);
        const inLedger = scene.linesOf().some(({ event }) => event.type === 'evidence-asked' && event.key === mine.key);
        return isLogged && inLedger
          ? { outcome: 'detected', said: 'ledger and log name a key of nobody' }
          : { outcome: went(scene) > 0 ? 'open' : 'prevented', said: 'nobody is told' };
      }),
  },
  {
    ...INSPECTOR,
    name: 'pictures-by-a-wish-of-nobody',
    attacker: 'somebody on the line',
    does: 'puts a wish into the mail of a station that they signed themselves',
    outcome: 'prevented',
    by: 'the station: what the center did not sign is no wish',
    told: ['nothing is sent'],
    replay: () =>
      inScene(async (scene) => {
        await roundWith(scene, [signedBy(scene.station.identity.signer, scene)]);
        return refusal(scene);
      }),
  },
  {
    ...INSPECTOR,
    name: 'pictures-asked-for-again',
    attacker: 'somebody on the line',
    does: 'puts a wish that was done into the mail of a station again',
    outcome: 'prevented',
    by: 'the station: it does each once, and remembers it',
    told: ['nothing is sent'],
    replay: () =>
      inScene(async (scene) => {
        await scene.register();
        await scene.ask();
        const mail = (await scene.station.client.mail()).evidence ?? [];
        await scene.round();
        const before = scene.linesOf().length;
        await roundWith(scene, mail);
        return scene.linesOf().length === before && before === 1
          ? refusal(scene)
          : { outcome: 'open', said: 'sent again' };
      }),
  },
  {
    ...INSPECTOR,
    name: 'pictures-of-another-firm',
    attacker: 'operator of the center',
    does: 'asks a station in a shared room for a sitting of one firm as if it were of another, in whose log it is then written down',
    outcome: 'prevented',
    by: 'the station: its ledger says whose each sitting was',
    told: ['evidence-foreign'],
    replay: () =>
      inScene(async (scene) => {
        const signed = signedBy(scene.center.center.signer, scene, { tenantId: 'tn_other' as TenantId });
        await log(scene, signed);
        await roundWith(scene, [signed]);
        return refusal(scene);
      }),
  },
  {
    ...INSPECTOR,
    name: 'pictures-asked-for-by-a-firm',
    attacker: 'firm',
    does: 'asks for the pictures of its own people, with a key of its own',
    outcome: 'prevented',
    by: 'the center: inspectors alone register keys and ask',
    told: ['unauthorised'],
    replay: asksAs('firm'),
  },
  {
    ...INSPECTOR,
    name: 'pictures-asked-for-by-a-bureau',
    attacker: 'firm',
    does: 'has the bureau above it ask for the pictures of somebody, with the account of that bureau',
    outcome: 'prevented',
    by: 'the center: inspectors alone register keys and ask',
    told: ['unauthorised'],
    replay: asksAs('bureau'),
  },
  {
    ...INSPECTOR,
    name: 'pictures-of-another-inspector',
    attacker: 'thief of a key',
    does: 'as another inspector fetches what was sealed to the key, which they stole, of the one who asked',
    outcome: 'prevented',
    by: 'the center: it gives each to whoever asked for it',
    told: ['evidence-unknown'],
    replay: () =>
      inScene(async (scene) => {
        await scene.register();
        await scene.ask();
        await scene.round();
        const [wish] = await scene.wishes();
        const actor = await scene.account('inspector', 'ap_other');
        const said = await scene.opened(wish?.id ?? '', 'check-in', { actor });
        return { outcome: said.startsWith('picture') ? 'open' : 'prevented', said };
      }),
  },
  {
    ...INSPECTOR,
    name: 'sealed-pictures-read-at-the-center',
    attacker: 'operator of the center',
    does: 'takes what stations sealed out of the database, to look at it',
    outcome: 'prevented',
    by: 'nothing at the center opens it: the inspector’s secret is in their browser alone',
    told: ['picture-unreadable'],
    replay: () =>
      inScene(async (scene) => {
        await scene.register();
        await scene.ask();
        await scene.round();
        const [wish] = await scene.wishes();
        const guess = newInspectorKey().secret;
        const said = await scene
          .opened(wish?.id ?? '', 'check-in', { secret: guess })
          .catch((error: { reason?: string }) => error.reason ?? String(error));
        return { outcome: said.startsWith('picture of') ? 'open' : 'prevented', said };
      }),
  },
  {
    ...INSPECTOR,
    name: 'picture-swapped-by-the-center',
    attacker: 'operator of the center',
    does: 'puts a picture of somebody else, sealed to the inspector’s key, in the place of what the station sent',
    outcome: 'detected',
    by: 'whoever opens it with `exam-station evidence open --center-key`: the station did not sign it. The page cannot tell; of check-in it says that the signed record names another picture',
    told: ['signature-invalid'],
    replay: () => inScene(swapped),
  },
];

async function swapped(scene: Scene): Promise<Seen> {
  const { center } = scene.center;
  await scene.register();
  await scene.ask();
  const [mail] = (await scene.station.client.mail()).evidence ?? [];
  await scene.round();
  const [wish] = await scene.wishes();
  const jws = (mail as { wish: string }).wish;
  const says = EvidenceWish.parse(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()));
  const other = { signer: center.signer, certificate: scene.station.identity.enrolment?.certificate ?? '' };
  const file = sealEvidence({ jws, says }, { of: 'check-in', jpeg: Buffer.from('picture of somebody else') }, other);
  await center.db.query("UPDATE evidence_pictures SET bytes = $2 WHERE wish_id = $1 AND taken_of = 'check-in'", [
    ...[wish?.id, Buffer.from(file)],
  ]);
  const said = await scene
    .opened(wish?.id ?? '', 'check-in')
    .catch((error: { reason?: string }) => error.reason ?? String(error));
  return { outcome: said === 'signature-invalid' ? 'detected' : 'open', said };
}
