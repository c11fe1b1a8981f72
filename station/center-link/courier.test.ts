import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import sharp from 'sharp';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { BANK, EXAM, ILLUSTRATED, PICTURE } from '../../authoring/bank.fixture.ts';
import { CandidateId, instant, SittingId, StationId, TenantId } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { templateOf } from '../../native/face/index.ts';
import { sha256, verifyJws } from '../../proof/index.ts';
import { openTinyCenter, readBatch, recordOf } from '../../proof/proof.fixture.ts';
import { eventually } from '../../tests/kit/eventually.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { uncaughtDuring } from '../../tests/kit/uncaught.ts';
import { openDatabase } from '../core/database/index.ts';
import { openLedger } from '../core/ledger/index.ts';
import { SittingEvent } from '../core/sitting/index.ts';
import { openVault } from '../core/vault/index.ts';
import { openBankStore } from '../keep/banks/index.ts';
import { openCenterTime } from '../keep/center-time/index.ts';
import { openCommands } from '../keep/commands/index.ts';
import { openGrants } from '../keep/grants/index.ts';
import { openIdentity, wishKeyChange } from '../keep/identity/index.ts';
import { openArrivals, openBeginnings, openClaims, openDepartures } from '../keep/moves/index.ts';
import { openOutbox } from '../keep/outbox/index.ts';
import { openRoster } from '../keep/roster/index.ts';
import { aPerson, eyesThat } from '../run/eyes.fixture.ts';
import { assignmentOf, EMBEDDER, LI, manualClock, WANG } from '../station.fixture.ts';
import type { AtCheckIn } from './awaited.ts';
import type { CenterClient } from './center-client.ts';
import { type CourierParts, startCourier } from './courier.ts';

const EMBEDDING = new Float32Array(256).fill(1 / 16);
let photo: Buffer;
beforeAll(async () => {
  photo = await sharp({ create: { width: 32, height: 32, channels: 3, background: 'grey' } })
    .jpeg()
    .toBuffer();
});

const eyes = eyesThat(async () => aPerson(EMBEDDING));

/** A station before its first round, and a center that does what the test says. */
function prepare(changes: Partial<CenterClient> = {}, models: 'there' | 'none' = 'there') {
  const center = openTinyCenter();
  const database = openDatabase(':memory:');
  const vault = openVault(randomBytes(32));
  const identity = openIdentity(database, vault);
  const roster = openRoster(database, vault);
  const banks = openBankStore(database, vault);
  const outbox = openOutbox(database, manualClock());
  const candidates = [WANG, LI].map((one) => ({ ...one, photos: [sha256(photo)] }));
  const client = {
    hearOfKeys: vi.fn(async () => undefined),
    mustBe: vi.fn<CenterClient['mustBe']>(changes.mustBe ?? (async () => undefined)),
    enrol: vi.fn<CenterClient['enrol']>(changes.enrol ?? (async () => center.enrol(identity.signer.publicKey))),
    changeKey: vi.fn<CenterClient['changeKey']>(async ({ publicKey }) => center.enrol(publicKey)),
    grants: vi.fn<CenterClient['grants']>(changes.grants ?? (async () => undefined)),
    assignment: vi.fn<CenterClient['assignment']>(changes.assignment ?? (async () => assignmentOf({ candidates }))),
    bank: vi.fn<CenterClient['bank']>(changes.bank ?? (async () => BANK)),
    picture: vi.fn<CenterClient['picture']>(changes.picture ?? (async () => PICTURE)),
    photo: vi.fn<CenterClient['photo']>(changes.photo ?? (async () => photo)),
    send: vi.fn<CenterClient['send']>(changes.send ?? center.receive),
    mail: vi.fn<CenterClient['mail']>(
      changes.mail ?? (async () => ({ rescues: [], commands: [], moves: [], at: manualClock().wall() })),
    ),
    media: vi.fn<CenterClient['media']>(async () => Promise.reject(new Refusal('center-down'))),
    rescue: vi.fn<CenterClient['rescue']>(changes.rescue ?? (async () => new Uint8Array())),
    sendRescue: vi.fn<CenterClient['sendRescue']>(changes.sendRescue ?? (async () => undefined)),
    claim: vi.fn<CenterClient['claim']>(changes.claim ?? (async () => StationId.parse('st_first'))),
    begins: vi.fn<CenterClient['begins']>(
      changes.begins ?? (async () => Promise.reject(new Refusal('method-unknown'))),
    ),
    report: vi.fn<CenterClient['report']>(changes.report ?? (async () => undefined)),
    answerEvidence: vi.fn<CenterClient['answerEvidence']>(async () => undefined),
    tellReadiness: vi.fn<CenterClient['tellReadiness']>(changes.tellReadiness ?? (async () => [])),
    time: vi.fn<CenterClient['time']>(changes.time ?? (async () => Promise.reject(new Refusal('center-down')))),
    clockAheadMs: undefined,
  };
  const clock = manualClock();
  const ledger = openLedger(database, clock, SittingEvent.parse);
  const moves = {
    arrivals: openArrivals(database, vault, identity, clock),
    departures: openDepartures({ database, ledger, identity, roster, folder: temporaryFolder() }),
    commands: openCommands(database, identity, roster, clock),
    claims: openClaims(database),
    beginnings: openBeginnings(database),
    grants: openGrants(database, () => identity.enrolment),
    clock,
    ledger,
    centerTime: openCenterTime(database),
    heardUnder: () => [],
    knownMoves: { list: [] },
    readiness: () => ({ status: 'READY' as const, at: clock.wall(), checks: [] }),
    obey: vi.fn<CourierParts['obey']>(),
    evidencePost: { hear: async () => undefined, errands: () => [] },
  };
  const parts = {
    client,
    database,
    identity,
    roster,
    banks,
    outbox,
    ...moves,
    engine: async () => (models === 'there' ? eyes : undefined),
  };
  type More = {
    enrolmentCode?: string | undefined;
    centerKey?: PublicKey;
    onChange?: () => void;
    busy?: () => boolean;
    engine?: CourierParts['engine'];
    atCheckIn?: CourierParts['atCheckIn'];
  };
  const start = (more: More = {}) => {
    const log = pino({ level: 'silent' });
    const courier = startCourier({
      ...parts,
      provisioned: true,
      enrolmentCode: 'ABCDEF',
      centerKey: undefined,
      stationName: '考站',
      onEnrolled: () => undefined,
      onChange: () => undefined,
      busy: () => false,
      atCheckIn: () => undefined,
      log,
      ...more,
    });
    onTestFinished(() => courier.stop().catch(() => undefined));
    const reaches = (state: object) => eventually(() => expect(courier.state).toMatchObject(state));
    return { courier, reaches };
  };
  return { ...parts, client, start };
}

const ids = [WANG.id, LI.id].map((id) => CandidateId.parse(id));
const down = () => Promise.reject(new Refusal('center-down'));

describe('a courier', () => {
  it('enrols, brings down exams, bank, roster and templates, and is ready', async () => {
    const { start, client, identity, roster, banks } = prepare();
    await start().reaches({ state: 'ready' });
    expect(client.enrol).toHaveBeenCalledExactlyOnceWith({ code: 'ABCDEF', name: '考站' });
    expect([identity.enrolment?.stationId, banks.has(BANK.id)]).toEqual(['st_test', true]);
    for (const id of ids) expect(roster.template(id, EMBEDDER)).toEqual(templateOf(EMBEDDER, [EMBEDDING]));
  });

  it('tells the code to nobody who has not the key that was given', async () => {
    const mustBe = () => Promise.reject(new Refusal('center-other'));
    const { start, client, identity } = prepare({ mustBe });
    const centerKey = openTinyCenter().signer.publicKey;
    await start({ centerKey }).reaches({ state: 'failed', reason: 'center-other' });
    expect(client.mustBe).toHaveBeenCalledWith(centerKey);
    expect([client.enrol.mock.calls, identity.enrolment]).toEqual([[], undefined]);
  });

  it('enrols once in the life of a station and fetches a bank and a photo once', async () => {
    const { start, client } = prepare();
    const first = start();
    await first.reaches({ state: 'ready' });
    await first.courier.stop();
    await start({ enrolmentCode: undefined }).reaches({ state: 'ready' });
    expect(client.assignment).toHaveBeenCalledTimes(2);
    expect(client.enrol).toHaveBeenCalledTimes(1);
    expect(client.bank).toHaveBeenCalledTimes(1);
    expect(client.photo).toHaveBeenCalledTimes(2);
  });

  it('keeps a picture of each photo, also where there was a template of it before pictures were kept', async () => {
    const { start, client, roster } = prepare();
    roster.apply(
      assignmentOf({
        candidates: [
          { ...WANG, photos: [sha256(photo)] },
          { ...LI, photos: [sha256(photo)] },
        ],
      }),
    );
    const wang = CandidateId.parse(WANG.id);
    roster.saveTemplate(wang, sha256(photo), templateOf(EMBEDDER, [EMBEDDING]));
    await start().reaches({ state: 'ready' });
    const kept = [wang, CandidateId.parse(LI.id)].flatMap((id) => roster.photosOf(id));
    const formats = await Promise.all(kept.map(async (jpeg) => (await sharp(jpeg).metadata()).format));
    expect(formats).toEqual(['jpeg', 'jpeg']);
    expect(client.photo).toHaveBeenCalledTimes(2);
  });

  it('fetches what the items of a bank show before it has the bank', async () => {
    const exam = { ...EXAM, bankId: ILLUSTRATED.id };
    const { start, client, banks } = prepare({
      assignment: async () => assignmentOf({ exams: [exam], visitorExamId: null }),
      bank: async () => ILLUSTRATED,
      picture: vi.fn(async () => PICTURE).mockRejectedValueOnce(new Refusal('center-down')),
    });
    const first = start();
    await first.reaches({ state: 'failed', reason: 'center-down' });
    expect(banks.has(ILLUSTRATED.id)).toBe(false);
    await first.courier.stop();
    await start().reaches({ state: 'ready' });
    expect([banks.has(ILLUSTRATED.id), banks.picture(sha256(PICTURE))]).toEqual([true, PICTURE]);
    expect(client.picture).toHaveBeenCalledTimes(2);
  });

  it('takes over at once who may no longer sit here, and leaves what takes long until nobody does', async () => {
    const { start, client, roster } = prepare();
    let busy = true;
    const first = start({ busy: () => busy });
    await first.reaches({ state: 'ready' });
    expect(roster.findByNumber(WANG.number)).toBeDefined();
    expect(client.bank).not.toHaveBeenCalled();
    expect(client.photo).not.toHaveBeenCalled();
    await first.courier.stop();
    busy = false;
    await start({ enrolmentCode: undefined, busy: () => busy }).reaches({ state: 'ready' });
    expect([client.bank, client.photo].map(({ mock }) => mock.calls.length)).toEqual([1, 2]);
  });

  it('fetches at once what whoever sits here waits for, and nothing else meanwhile', async () => {
    const { start, client, roster, banks, identity } = prepare();
    let sitter: AtCheckIn | undefined;
    const { courier, reaches } = start({ busy: () => true, atCheckIn: () => sitter });
    await reaches({ state: 'ready' });
    expect([client.bank, client.photo].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
    const tenantId = identity.enrolment?.tenantId ?? TenantId.parse('tn_demo');
    sitter = { candidateId: CandidateId.parse(LI.id), tenantId, exam: EXAM };
    courier.hurry();
    await eventually(() => expect(roster.template(CandidateId.parse(LI.id), EMBEDDER)).toBeDefined());
    expect([banks.has(BANK.id), roster.template(CandidateId.parse(WANG.id), EMBEDDER)]).toEqual([true, undefined]);
  });

  it('has the bank of somebody who waits while another photo takes for ever', async () => {
    const never = Promise.withResolvers<Uint8Array>();
    const { start, client, banks, identity } = prepare({ photo: () => never.promise });
    const tenantId = TenantId.parse('tn_demo');
    let busy = false;
    let sitter: AtCheckIn | undefined;
    client.bank.mockRejectedValueOnce(new Refusal('center-down'));
    const { courier } = start({ busy: () => busy, atCheckIn: () => sitter });
    // What is registered last is called first: it ends only with the photo.
    onTestFinished(() => never.resolve(photo));
    await eventually(() => expect(client.photo).toHaveBeenCalled());
    expect([identity.enrolment === undefined, banks.has(BANK.id)]).toEqual([false, false]);
    [busy, sitter] = [true, { candidateId: CandidateId.parse(WANG.id), tenantId, exam: EXAM }];
    courier.hurry();
    await eventually(() => expect(banks.has(BANK.id)).toBe(true));
  });

  it('leaves the photos of others from the moment on that somebody sits down', async () => {
    let busy = false;
    const { start, client } = prepare({
      photo: async () => {
        busy = true;
        return photo;
      },
    });
    const { courier, reaches } = start({ busy: () => busy });
    await reaches({ state: 'ready' });
    expect(client.photo).toHaveBeenCalledOnce();
    busy = false;
    courier.hurry();
    await eventually(() => expect(client.photo).toHaveBeenCalledTimes(2));
  });

  it('fetches what was left as soon as nobody sits here, and asks for no roster anew for it', async () => {
    const { start, client, banks } = prepare();
    let busy = true;
    const { courier, reaches } = start({ busy: () => busy });
    await reaches({ state: 'ready' });
    expect(client.bank).not.toHaveBeenCalled();
    busy = false;
    courier.hurry();
    await eventually(() => expect(banks.has(BANK.id)).toBe(true));
    expect(client.assignment).toHaveBeenCalledOnce();
  });

  it('without a code says code-unknown and asks the center nothing', async () => {
    const { start, client } = prepare();
    await start({ enrolmentCode: undefined }).reaches({ state: 'failed', reason: 'code-unknown' });
    expect(client.enrol).not.toHaveBeenCalled();
  });

  it('says what the center refused, and why it is not ready', async () => {
    const { start } = prepare({ enrol: () => Promise.reject(new Refusal('code-used')) });
    await start().reaches({ state: 'failed', reason: 'code-used' });
  });

  it('takes records up and settles them by their receipt', async () => {
    const { start, outbox, client } = prepare();
    outbox.add(recordOf(1));
    await start().reaches({ state: 'ready' });
    expect(client.send).toHaveBeenCalledTimes(1);
    expect([outbox.waitingRecords, outbox.receiptOf(SittingId.parse('si_1'))]).toEqual([0, 'verified']);
  });

  it('changes its key where somebody wishes it, and takes up what comes after by the next one', async () => {
    const { start, client, identity, outbox, clock, database } = prepare();
    const { courier, reaches } = start();
    await reaches({ state: 'ready' });
    expect(client.changeKey).not.toHaveBeenCalled();
    const before = identity.signer.publicKey;
    wishKeyChange(database, clock.wall());
    courier.hurry();
    await eventually(() => expect(identity.signer.publicKey).not.toBe(before));
    outbox.add(recordOf(1));
    courier.hurry();
    await eventually(() => expect(outbox.receiptOf(recordOf(1).sittingId)).toBe('verified'));
    const [sent] = client.send.mock.calls.at(-1) ?? [];
    expect(verifyJws(sent?.header ?? '', 'exam-station/batch', identity.signer.publicKey)).toBeDefined();
    expect(client.changeKey).toHaveBeenCalledOnce();
  });

  it('lets nothing wait for networks that take their time: neither results nor grants', async () => {
    const grants = vi.fn<CenterClient['grants']>(async () => []);
    const { start, client, outbox } = prepare({ grants });
    outbox.add(recordOf(1));
    const loaded = Promise.withResolvers<undefined>();
    start({ engine: () => loaded.promise });
    // What is registered last is called first: it ends only with the networks.
    onTestFinished(() => loaded.resolve(undefined));
    await eventually(() => expect(outbox.waitingRecords).toBe(0));
    await eventually(() => expect(client.grants).toHaveBeenCalledTimes(1));
    expect(client.photo).not.toHaveBeenCalled();
  });

  it('goes at once when it is hurried, and tells whoever listens', async () => {
    const { start, outbox } = prepare();
    const onChange = vi.fn();
    const { courier, reaches } = start({ onChange });
    await reaches({ state: 'ready' });
    const before = onChange.mock.calls.length;
    outbox.add(recordOf(1));
    courier.hurry();
    await eventually(() => expect(outbox.waitingRecords).toBe(0));
    await eventually(() => expect(onChange.mock.calls.length).toBeGreaterThan(before));
  });

  it('keeps every batch while the center is down, and brings them up in order once it is back', async () => {
    const { start, outbox, client } = prepare();
    const { send: receive } = client;
    client.send = vi.fn(down);
    const { courier, reaches } = start();
    await reaches({ state: 'ready' });
    for (const n of [1, 2, 3]) {
      outbox.add(recordOf(n));
      courier.hurry();
      await eventually(() => expect(outbox.waiting()).toHaveLength(n));
    }
    await reaches({ state: 'failed', reason: 'center-down' });
    expect(outbox.waitingRecords).toBe(3);
    client.send = receive;
    courier.hurry();
    await eventually(() => expect(outbox.waitingRecords).toBe(0));
    expect(receive.mock.calls.map(([batch]) => readBatch(batch).records[0]?.sittingId)).toEqual([
      'si_1',
      'si_2',
      'si_3',
    ]);
  });

  it('keeps the roster it has while the center is down', async () => {
    const { start, client, roster } = prepare();
    await start().reaches({ state: 'ready' });
    client.assignment = vi.fn(down);
    const again = start();
    await again.reaches({ state: 'failed', reason: 'center-down' });
    expect(roster.findByNumber(WANG.number)).toBeDefined();
  });

  it('that is stopped finishes its round and makes no other', async () => {
    const { start, client } = prepare();
    const { courier, reaches } = start();
    await reaches({ state: 'ready' });
    await courier.stop();
    const rounds = client.assignment.mock.calls.length;
    courier.hurry();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(client.assignment).toHaveBeenCalledTimes(rounds);
  });

  it('is not stopped before its round is over', async () => {
    const { start, client, outbox } = prepare();
    const gate = Promise.withResolvers<void>();
    const { send } = client;
    client.send = vi.fn(async (batch) => gate.promise.then(() => send(batch)));
    outbox.add(recordOf(1));
    const { courier } = start();
    await eventually(() => expect(client.send).toHaveBeenCalled());
    const order: string[] = [];
    const stopping = courier.stop().then(() => order.push(`stopped with ${outbox.waitingRecords} waiting`));
    await new Promise((resolve) => setTimeout(resolve, 20));
    order.push('sent');
    gate.resolve();
    await stopping;
    expect(order).toEqual(['sent', 'stopped with 0 waiting']);
  });

  it('goes again at once where it was hurried in the middle of a round', async () => {
    const { start, client, outbox } = prepare();
    const gate = Promise.withResolvers<void>();
    const { send } = client;
    client.send = vi.fn(async (batch) => gate.promise.then(() => send(batch)));
    outbox.add(recordOf(1));
    const { courier } = start();
    await eventually(() => expect(client.send).toHaveBeenCalled());
    outbox.add(recordOf(2));
    courier.hurry();
    gate.resolve();
    await eventually(() => expect(outbox.waitingRecords).toBe(0));
  });

  it('works without face models: no templates, and all the rest', async () => {
    const { start, client, roster, banks } = prepare({}, 'none');
    await start().reaches({ state: 'ready' });
    expect([banks.has(BANK.id), roster.findByNumber(WANG.number)?.id]).toEqual([true, WANG.id]);
    expect(client.photo).not.toHaveBeenCalled();
    for (const id of ids) expect(roster.template(id, EMBEDDER)).toBeUndefined();
  });
});

describe('a fault on the way down', () => {
  const refuse = (reason: Refusal['reason']) => () => Promise.reject(new Refusal(reason));

  it.each<[string, Partial<CenterClient>]>([
    ['a photo the center has not got', { photo: refuse('photo-missing') }],
    ['a photo that cannot be read', { photo: async () => Buffer.from('no photo') }],
    ['a bank the center does not give', { bank: refuse('item-unknown') }],
    ['a roster with a wrong signature', { assignment: refuse('signature-invalid') }],
  ])('(%s) does not keep results from going up', async (_, changes) => {
    const { start, outbox } = prepare(changes);
    outbox.add(recordOf(1));
    start();
    await eventually(() => expect(outbox.waitingRecords).toBe(0));
  });

  it('in one photo does not keep the other candidates from being enrolled', async () => {
    let asked = 0;
    const { start, roster } = prepare({ photo: async () => (asked++ === 0 ? Buffer.from('no photo') : photo) });
    start();
    await eventually(() => expect(ids.some((id) => roster.template(id, EMBEDDER))).toBe(true));
    expect(roster.refusedPhotos()).toMatchObject([{ photo: sha256(photo), reasons: ['photo-unreadable'] }]);
  });

  const OLD = templateOf('another.onnx@00000000', [EMBEDDING]);

  it('finds templates of another network made anew of the pictures that are kept, without the center', async () => {
    const { start, roster } = prepare({ assignment: down, photo: down });
    roster.apply(assignmentOf({ candidates: [WANG, LI].map((one) => ({ ...one, photos: [sha256(photo)] })) }));
    const [wang, li] = ids as [CandidateId, CandidateId];
    roster.saveTemplate(wang, sha256(photo), OLD);
    roster.savePhoto(wang, sha256(photo), photo);
    roster.saveTemplate(li, sha256(photo), OLD);
    start();
    await eventually(() => expect(roster.template(wang, EMBEDDER)).toEqual(templateOf(EMBEDDER, [EMBEDDING])));
    expect(ids.map((id) => roster.mustEnrolAgain(id, EMBEDDER))).toEqual([false, true]);
  });

  it('tells the center of whom another network enrolled and whose photo is gone', async () => {
    const { start, roster } = prepare({ photo: refuse('photo-missing') });
    roster.apply(assignmentOf({ candidates: [{ ...WANG, photos: [sha256(photo)] }] }));
    const [wang] = ids as [CandidateId];
    roster.saveTemplate(wang, sha256(photo), OLD);
    start();
    await eventually(() =>
      expect(roster.refusedPhotos()).toEqual([
        { candidateId: wang, photo: sha256(photo), reasons: ['enrolment-outdated'] },
      ]),
    );
  });

  it('that passes by itself is not held against a photo: it is asked for again at the next refresh', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    let asked = 0;
    const photoOnceGone = async () => (asked++ === 0 ? refuse('center-refused')() : photo);
    const { start, roster, client } = prepare({ photo: photoOnceGone });
    const { courier } = start();
    await eventually(() => expect(ids.some((id) => roster.template(id, EMBEDDER))).toBe(true));
    await eventually(() => expect(courier.state.state).not.toBe('starting'));
    vi.advanceTimersByTime(61_000);
    courier.hurry();
    await eventually(() => expect(client.assignment.mock.calls.length).toBeGreaterThan(1));
    await eventually(() => expect(ids.every((id) => roster.template(id, EMBEDDER))).toBe(true));
  });

  it('in a listener does not end the program', async () => {
    const uncaught = await uncaughtDuring(async () => {
      const { start, outbox } = prepare();
      const { courier } = start({
        onChange: () => {
          throw new Error('the screen cannot be drawn');
        },
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
      outbox.add(recordOf(1));
      courier.hurry();
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    expect(uncaught).toEqual([]);
  });
});

it('a clock that is behind what the center said once is held against what it says now', async () => {
  const said = instant(new Date('2026-03-04T05:06:00.000Z'));
  const station = prepare({ time: async () => ({ at: said, token: 'a.b.c' }) });
  station.centerTime.seen(instant(new Date('2027-03-04T05:06:00.000Z')));
  const { reaches } = station.start();
  await reaches({ state: 'ready' });
  expect(station.client.time.mock.calls).toEqual([[expect.stringMatching(/^[0-9a-f]{64}$/)]]);
  expect(station.centerTime.newest).toBe(said);
});

describe('that the clock was set', () => {
  const jump = { at: manualClock().wall(), ms: -7_200_000 };

  it('is forgotten once the center answered a question of now', async () => {
    const station = prepare({ time: async () => ({ at: manualClock().wall(), token: 'a.b.c' }) });
    station.centerTime.jumped(jump);
    const { reaches } = station.start();
    await reaches({ state: 'ready' });
    expect([station.client.time.mock.calls.length, station.centerTime.jumps]).toEqual([1, []]);
  });

  it('stays where the center is older and cannot be asked, and hinders nothing', async () => {
    const station = prepare({ time: async () => Promise.reject(new Refusal('method-unknown')) });
    station.centerTime.jumped(jump);
    const { reaches } = station.start();
    await reaches({ state: 'ready' });
    expect(station.centerTime.jumps).toEqual([jump]);
  });
});
