import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { connect } from '../../contract/page/rpc/client.ts';
import { transportPair } from '../../contract/page/rpc/rpc.fixture.ts';
import { methods, pushes } from '../../contract/page/station-api.ts';
import type { StationView } from '../../contract/page/view.ts';
import { CandidateId, type IncidentId, type ItemId, type SittingId } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { faceModels } from '../../native/face/index.ts';
import { batchText, sha256 } from '../../proof/index.ts';
import { readBatch } from '../../proof/proof.fixture.ts';
import { isSecret } from '../../proof/secrets/secret-hash.ts';
import { replay, type Sitting } from '../../station/core/sitting/index.ts';
import { openArchive } from '../../station/offline/index.ts';
import { readTerminal } from '../../station/provision/index.ts';
import { openStation } from '../../station/run/station.ts';
import { EMBEDDER } from '../../station/station.fixture.ts';
import { copyOf, facts, openKept, textOf } from './kept.ts';
import type { OpenData } from './open.ts';

const sittingOf = ({ ledger }: OpenData, { id }: { readonly id: string }): Sitting => {
  const sitting = replay(ledger.ofSitting(id as SittingId));
  if (!sitting) throw new Error(`${id} is not in the ledger`);
  return sitting;
};

const answersOf = ({ answers }: Sitting) =>
  Object.fromEntries([...answers].map(([item, { chosen, revision }]) => [item, { chosen, revision }]));

/** The embedder of the programs that wrote these folders. */
const EMBEDDER_THEN = faceModels({ faceProfile: '0095' }).embedder;

describe('the data folder of a station', () => {
  it('has the same ledger, whole', () => {
    const station = openKept(copyOf('station'));
    expect(station.ledger.sittings()).toEqual(facts.ledger.sittings);
    expect(station.ledger.sittings()).toHaveLength(5);
    expect(station.ledger.firstBroken()).toBeUndefined();
    // Whoever takes the running exam up adds to it; what was there before ends as it did.
    const { sequence, hash } = facts.ledger.head;
    expect(station.ledger.stretch(sequence, sequence).lines[0]?.hash).toBe(hash);
  });

  it.each([
    ['sent', 'recorded', 25, 0],
    ['overridden', 'recorded', 12, 300_000],
    ['practice', 'recorded', 6, 0],
    ['moved', 'closed', 3, 300_000],
  ] as const)('tells of the sitting that was %s: %s, with %i answers', (which, stage, answers, extraMs) => {
    const was = facts[which];
    const sitting = sittingOf(openKept(copyOf('station')), was);
    expect(sitting).toMatchObject({ stage, candidateId: was.candidateId, extraMs });
    expect(sitting.clock.activeMs).toBe(was.activeMs);
    expect(sitting.answers.size).toBe(answers);
    expect(answersOf(sitting)).toEqual(was.answers);
    expect([...sitting.flags]).toEqual(was.flags);
    expect(sitting.incidents.map(({ reason, paused }) => ({ reason, paused }))).toEqual(was.incidents);
  });

  it('tells who decided what of whom', () => {
    const sitting = sittingOf(openKept(copyOf('station')), facts.overridden);
    const actions = ['overridden', 'unlocked', 'reviewed', 'extended', 'resumed'];
    expect(sitting.decisions.map(({ action }) => action)).toEqual(actions);
    expect(sitting.decisions.map(({ by }) => by)).toEqual(actions.map(() => 'pr_demo-1'));
    expect(sitting.decisions[0]).toMatchObject({ note: '监考员在场处理', compared: ['photo', 'name'] });
    expect(sitting.identity).toMatchObject({ how: 'overridden', reason: 'mismatch' });
    expect(sitting.verdicts.get(facts.overridden.incidentId as IncidentId)).toBe('dismissed');
    expect(sitting.result).toEqual({ marks: 25, passed: false });
    expect(sittingOf(openKept(copyOf('station')), facts.sent).result).toEqual({ marks: 100, passed: true });
  });

  it('goes on with the exam that was under way: same answers, and no time lost', () => {
    const { seat } = openKept(copyOf('station'));
    expect(seat.current).toMatchObject({ id: facts.running.id, candidateId: 'cd_demo-4', stage: 'paused' });
    expect(seat.remainingMs()).toBe(29 * 60_000);
    expect(seat.current?.incidents.map(({ reason }) => reason)).toEqual(['station-restarted']);
    expect(seat.current && answersOf(seat.current)).toEqual(facts.running.answers);
    expect(Object.values(facts.running.answers).map(({ revision }) => revision)).toEqual([2, 1, 1, 1]);
    expect([...(seat.current?.flags ?? [])]).toEqual(facts.running.flags);
    expect(seat.current?.form?.items).toHaveLength(25);
    expect(seat.current?.form?.seed).toBe(facts.seed);
  });

  it('has the batch that waits for the center, byte for byte, and the record that is in none', async () => {
    const { outbox, identity } = openKept(copyOf('station'));
    expect(outbox.waiting().map((batch) => JSON.parse(batchText(batch)))).toEqual([
      JSON.parse(textOf('waiting-batch.json')),
    ]);
    expect(outbox.waiting().map(({ id }) => id)).toEqual([facts.overridden.batch]);
    expect(outbox.waitingRecords).toBe(2);
    expect(outbox.batchOf(facts.practice.id as SittingId)).toBeUndefined();
    const receipts = [facts.sent, facts.overridden].map(({ id }) => outbox.receiptOf(id as SittingId));
    expect(receipts).toEqual(['verified', 'waiting']);

    await outbox.seal(facts.stations.here as never, identity.signer);
    expect(outbox.waiting()).toHaveLength(2);
    expect(
      outbox
        .waiting()
        .slice(1)
        .flatMap((batch) => readBatch(batch).records.map(({ sittingId }) => sittingId)),
    ).toEqual([facts.practice.id]);
  });

  it('makes the same proof file as before', () => {
    const { outbox, identity } = openKept(copyOf('station'));
    const { certificate = '', centerKey } = identity.enrolment ?? {};
    expect(outbox.proofFile(1, certificate, centerKey as PublicKey)).toBe(textOf('proof.json'));
  });

  it('has templates that are not compared with the faces of today, and wants them made anew', () => {
    const { roster } = openKept(copyOf('station'));
    const zhang = CandidateId.parse('cd_demo-1');
    expect([roster.template(zhang, EMBEDDER), roster.mustEnrolAgain(zhang, EMBEDDER)]).toEqual([undefined, true]);
    expect(roster.withoutTemplateOf(zhang, EMBEDDER)).toHaveLength(roster.find(zhang)?.photos.length ?? 0);
    expect(roster.awaitsTemplate(zhang, EMBEDDER)).toBe(true);
  });

  it('opens what is sealed: roster, template, bank, pictures, mistakes, forms to come', () => {
    const { roster, banks, evidence, mistakes, passes, forms } = openKept(copyOf('station'));
    const zhang = CandidateId.parse('cd_demo-1');
    expect(roster.assignment?.stations?.map(({ name }) => name)).toEqual(['一号考站', '二号考站']);
    expect(roster.findByNumber('110105198001010016')).toMatchObject({ id: zhang, name: '张示范' });
    expect(roster.template(zhang, EMBEDDER_THEN)?.vectors.map((vector) => [...vector.slice(0, 3)])).toEqual([
      [1, 0, 0],
    ]);
    const tenant = roster.assignment?.tenant.id as never;
    for (const { id, picture } of [facts.sent, facts.overridden]) {
      const jpeg = evidence.get(tenant, id as SittingId, picture.picture as never);
      expect(jpeg && sha256(jpeg)).toBe(picture.jpegHash);
    }
    const sun = CandidateId.parse('cd_demo-5');
    expect(mistakes.items(sun)).toEqual(facts.practice.mistakes);
    expect(mistakes.items(sun)).toHaveLength(2);
    const wrong = facts.practice.mistakes[0] as ItemId;
    expect(mistakes.given(sun, wrong).chosen).toEqual(
      facts.practice.answers[wrong as keyof typeof facts.practice.answers].chosen,
    );
    const exam = roster.exam('ex_demo' as never);
    expect(passes.validUntil(zhang, exam.id)).toBe(facts.passUntil);
    // The fifth of its series: four of this exam were drawn before it.
    const next = forms.issue(banks.get(exam.bankId), exam.blueprint, zhang);
    expect(next.seed).toMatch(/\/4$/);
    // It is told only where the seed that is kept, sealed, is the one that was shown.
    expect(forms.reveal(facts.seed)).toBeDefined();
  });

  it('knows its secrets: the PIN of a proctor, the code of the administrator', async () => {
    const data = copyOf('station');
    const { proctors, recovery } = openKept(data);
    expect(await proctors.authorise(facts.proctorPin as string)).toMatchObject({ id: 'pr_demo-1', role: 'chief' });
    await expect(proctors.authorise('000000')).rejects.toMatchObject({ reason: 'pin-wrong' });
    expect(recovery.matches(facts.recoveryCode)).toBe(true);
    const terminal = readTerminal(data);
    expect(terminal).toMatchObject({ name: '一号考站', room: '二楼培训室', seat: '2-3', cameras: ['USB Camera'] });
    expect(terminal && isSecret(facts.administratorPin, terminal.administratorPinHash)).toBe(true);
  });

  it('can be looked into from outside, without its key', () => {
    const archive = openArchive(copyOf('station'));
    expect(archive.sittings()).toEqual(facts.ledger.sittings);
    expect(archive.proofFile(1)).toEqual({ number: 1, text: textOf('proof.json') });
    expect(archive.enrolment?.stationId).toBe(facts.stations.here);
    archive[Symbol.dispose]();
  });
});

describe('a station that starts on it', () => {
  it('shows the exam that was under way, paused until its candidate is back', async () => {
    const log = pino({ level: 'silent' });
    const station = await openStation({ data: copyOf('station'), host: 'kiosk', centerUrl: 'http://127.0.0.1:9', log });
    const line = transportPair();
    const client = connect(line.page, methods, pushes);
    const seen = new Promise<StationView>((resolve) => client.on('view', resolve));
    expect(station.terminal.attach(line.station)).toBe(true);
    const { current } = await seen;
    line.page.close();
    await station.close();
    expect(current).toMatchObject({ stage: 'paused', who: { name: '钱虚构' } });
  });
});
