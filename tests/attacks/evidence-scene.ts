import { openJudging } from '../../center/results/index.ts';
import { accountAt, platformOf } from '../../center/testing/index.ts';
import type { ListedWish } from '../../contract/platform/evidence.ts';
import type { ListedResult } from '../../contract/platform/results.ts';
import type { Role } from '../../contract/platform/roles.ts';
import { instant, OrganisationId, type Sha256, type SittingId } from '../../contract/words/ids.ts';
import type { PictureOf } from '../../contract/words/picture-of.ts';
import { newInspectorKey, readEvidence } from '../../proof/sealed/index.ts';
import { openEvidencePost, openLogClient, openLogWatch } from '../../station/center-link/index.ts';
import { refusalOf } from '../kit/refusals.ts';
import {
  at,
  begin,
  type Center,
  checkIn,
  handIn,
  type Started,
  setUp,
  silentLog,
  upload,
  withCenter,
} from './station-at-center.ts';

/** Somebody who logged in, with one role at the firm whose exam it was. */
export type Asker = Awaited<ReturnType<typeof accountAt>>;
export const REASON = '有人举报替考，请核对照片';
const YEAR = instant(new Date('2099-01-01'));

/** A center and a station where somebody sat an exam, with a picture of check-in and one of an incident; the result is logged. */
export type Scene = Awaited<ReturnType<typeof openScene>>;

export const inScene = <T>(use: (scene: Scene) => Promise<T>, isKept = true): Promise<T> =>
  withCenter(async (center, folder) => {
    const scene = await openScene(center, at(folder), isKept);
    try {
      return await use(scene);
    } finally {
      await scene.close();
    }
  });

async function openScene(center: Center, folder: string, isKept: boolean) {
  const { station: first, again } = await setUp(center, folder);
  const platform = platformOf(center);
  let station = first;
  const sitting = sit(station, isKept);
  await upload(station);
  await openJudging({ kind: 'system' }, center.center, () => undefined).all();
  const tenantId = station.identity.enrolment?.tenantId;
  const [row] = await center.center.db.query('SELECT id FROM organisations WHERE tenant_id = $1', [tenantId]);
  const firm = OrganisationId.parse(row?.id);
  const account = (role: Role, id: string): Promise<Asker> =>
    accountAt(center, role, firm).then((one) => ({ ...one, id: id as Asker['id'], name: `人 ${id}` }));
  const inspector = await account('inspector', 'ap_inspector');
  const own = newInspectorKey();
  const get = (actor: Asker, url: string) => platform.ask(actor, { method: 'GET', url: `/v1/platform/${url}` });
  const post = (actor: Asker, url: string, payload: object) =>
    platform.ask(actor, { method: 'POST', url: `/v1/platform/${url}`, payload });
  const { rows } = (await get(inspector, 'results')).json<{ rows: readonly ListedResult[] }>();
  const logIndex = rows.find(({ sittingId }) => sittingId === sitting)?.logIndex;
  if (logIndex === undefined) throw new Error('the result is not there');
  return {
    ...{ center, platform, firm, sitting, inspector, own, account, get, post, logIndex },
    get station() {
      return station;
    },
    register: (actor: Asker = inspector, key = own.key) => post(actor, 'evidence/keys', { key }),
    ask: (actor: Asker = inspector, reason = REASON) => post(actor, `results/${logIndex}/evidence`, { reason }),
    wishes: async (actor: Asker = inspector): Promise<readonly ListedWish[]> =>
      (await get(actor, `results/${logIndex}/evidence`)).json<{ wishes: ListedWish[] }>().wishes,
    /** One round of the post, as far as pictures go. @returns why what was not told was not */
    round: () => round(station, center.url),
    /** What the center gives somebody of a wish, opened. @returns the picture, or why it gives none */
    async opened(id: string, of: PictureOf, { actor = inspector, secret = own.secret } = {}): Promise<string> {
      const reply = await get(actor, `evidence/${id}/pictures/${of}`);
      if (reply.statusCode !== 200) return reply.json<{ reason: string }>().reason;
      const file = Buffer.from(reply.json<{ file: string }>().file, 'base64');
      return Buffer.from(readEvidence(file, center.center.keys).open(secret)).toString();
    },
    /** The station is started again on what it kept. */
    restart() {
      station.stop();
      station = again();
    },
    linesOf: () => station.ledger.ofSitting(sitting).filter(({ event }) => event.type === 'evidence-asked'),
    async close() {
      await platform.app.close();
      station.stop();
    },
  };
}

/** Somebody sits an exam and hands it in, and a picture is kept of each moment that one is kept of. */
function sit(station: Started, isKept: boolean): SittingId {
  const { seat } = station;
  const sitting = checkIn(station);
  if (isKept) keep(station, 'check-in');
  begin(station);
  station.surroundings.observe({ reason: 'camera-changed', what: '另一台', lastedMs: 0 });
  for (const { id } of isKept ? seat.taken().incidents : []) keep(station, id);
  handIn(station);
  seat.leave();
  return sitting;
}

function keep({ seat, evidence }: Started, of: PictureOf): Sha256 {
  const { tenantId, id } = seat.taken();
  const picture = evidence.put({ tenantId, sitting: id, jpeg: Buffer.from(`picture of ${of}`), until: YEAR });
  if (!picture) throw new Error('there is no space');
  seat.execute({ kind: 'keep', of, picture });
  return picture;
}

async function round(station: Started, url: string, mail?: readonly unknown[]): Promise<readonly string[]> {
  const { client, identity, seat, clock } = station;
  const logClient = openLogClient(url, () => {
    if (!identity.centerKeys) throw new Error('not enrolled');
    return identity.centerKeys;
  });
  const parts = { ...station, log: silentLog, onChange: () => undefined, heads: station.logHeads };
  await openLogWatch({ ...parts, client: logClient })();
  const post = openEvidencePost({
    ...{ ...parts, client, logClient, wishes: station.evidenceWishes, clock },
    sitsHere: () => seat.current?.id,
  });
  const told = await client.mail();
  await post.hear(mail ?? told.evidence ?? [], told.at);
  const said: string[] = [];
  for (const { tell } of post.errands()) said.push(await refusalOf(tell()));
  return said;
}

/** The same with mail of somebody else's making. */
export const roundWith = ({ station, center }: Scene, mail: readonly unknown[]): Promise<readonly string[]> =>
  round(station, center.url, mail);
