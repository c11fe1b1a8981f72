import { logEntries } from '../../center/log/index.ts';
import { admit } from '../../cli/witness/admit.ts';
import { certificateEntry } from '../../contract/log/entries.ts';
import { LoggedEntries, logPaths } from '../../contract/log/log-api.ts';
import { verifyProofFile, whoSaw } from '../../proof/index.ts';
import { genuineInLog, openSmallLog, textOf } from '../../proof/log.fixture.ts';
import { newSigner, recordOf } from '../../proof/proof.fixture.ts';
import { cosign, openCheckpointBy, witnessKey, writeAddCheckpoint } from '../../proof/transparency/index.ts';
import type { Attack, Seen } from './attack.ts';
import { FORGED, type LogScene, openLogScene } from './log-scene.ts';

const OPERATOR = { about: 'log', attacker: 'operator of the center' } as const;

/** On a scene of its own, which is gone afterwards. */
const onAScene = (act: (scene: LogScene) => Promise<Seen>) => async (): Promise<Seen> => {
  const scene = await openLogScene();
  try {
    return await act(scene);
  } finally {
    await scene.close();
  }
};

/** Where whoever looks again finds it. */
const detected = (found: readonly string[] | string, expected: readonly string[]): Seen => {
  const all = [found].flat();
  return all.some((one) => expected.includes(one))
    ? { outcome: 'detected', said: all.join(', ') }
    : { outcome: 'open', said: `nobody noticed: ${all.join(', ') || 'nothing found'}` };
};
const refused = (outcome: { readonly ok: boolean; readonly reason?: string }): Seen =>
  outcome.ok ? { outcome: 'open', said: 'valid' } : { outcome: 'prevented', said: outcome.reason ?? 'refused' };
/** Where each of two who look again finds what it is expected to. */
const detectedByBoth = (found: readonly string[], expected: readonly [string, string]): Seen =>
  detected(
    expected.every((one) => found.includes(one)) ? found : found.filter((one) => !expected.includes(one)),
    expected,
  );

const onWatchers: readonly Attack[] = [
  {
    ...OPERATOR,
    name: 'log-forked-for-one-station',
    does: 'shows one station a log of its own, with the same number of entries',
    outcome: 'detected',
    by: 'the station, at its next look once it saw the other one: `log-forked`, both signed heads kept (`export --heads`)',
    told: ['two-trees'],
    replay: onAScene(async ({ stationFinds, leaves, rewrite }) => {
      await stationFinds();
      await rewrite((await leaves()).with(-1, FORGED));
      return detected(await stationFinds(), ['two-trees']);
    }),
  },
  {
    ...OPERATOR,
    name: 'log-entry-rewritten',
    does: 'puts another result in the place of one that is logged, and lets the log grow',
    outcome: 'detected',
    by: 'each station that looked before, within a minute, and each witness at its next look',
    told: ['no-way', 'unproven'],
    replay: onAScene(async ({ stationFinds, witnessFinds, leaves, rewrite }) => {
      await stationFinds();
      await witnessFinds();
      await rewrite([...(await leaves()).with(1, FORGED), FORGED]);
      return detectedByBoth([...(await stationFinds()), await witnessFinds()], ['no-way', 'unproven']);
    }),
  },
  {
    ...OPERATOR,
    name: 'log-rolled-back',
    does: 'plays back an older database, so that a logged result is gone',
    outcome: 'detected',
    by: 'each station that saw the longer log: a signed head is smaller than another and dated later',
    told: ['shorter', 'unproven'],
    replay: onAScene(async ({ stationFinds, witnessFinds, leaves, rewrite }) => {
      await stationFinds();
      await witnessFinds();
      await rewrite((await leaves()).slice(0, 1));
      return detected([...(await stationFinds()), await witnessFinds()], ['shorter']);
    }),
  },
  {
    ...OPERATOR,
    name: 'log-rolled-back-and-regrown',
    does: 'plays back an older database and logs other results until the log is as long as it was, and longer',
    outcome: 'detected',
    by: 'witnesses, and stations that saw the longer log: none can be shown that it goes on',
    told: ['no-way', 'unproven'],
    replay: onAScene(async ({ stationFinds, witnessFinds, leaves, rewrite }) => {
      await stationFinds();
      await witnessFinds();
      await rewrite([...(await leaves()).slice(0, 1), FORGED, FORGED, FORGED, FORGED]);
      return detectedByBoth([await witnessFinds(), ...(await stationFinds())], ['unproven', 'no-way']);
    }),
  },
  {
    ...OPERATOR,
    name: 'checkpoint-replayed',
    attacker: 'somebody on the line',
    does: 'shows a witness an older checkpoint, to have it vouch for less than it saw',
    outcome: 'prevented',
    by: 'the witness: it vouches for nothing that is older than what it saw, and says 409',
    told: ['409'],
    replay: onAScene(async ({ open, url, key, witness, witnessFinds, station }) => {
      const older = await (await fetch(new URL(logPaths.checkpoint, url))).text();
      const entry = certificateEntry(`${station.certificate}x`);
      await open.center.db.transaction((tx) => logEntries(tx, open.center, [entry]));
      await witnessFinds();
      const { status } = admit(witness, key, writeAddCheckpoint({ old: 0, path: [], checkpoint: older }), new Date());
      return status === 200 ? { outcome: 'open', said: 'cosigned' } : { outcome: 'prevented', said: `${status}` };
    }),
  },
  {
    ...OPERATOR,
    name: 'station-invented',
    does: 'vouches for the key of a station that nobody set up, and logs that as it should',
    outcome: 'detected',
    by: 'whoever reads what is logged besides results (`/v1/log/entries`) and knows which stations a firm has',
    told: ['it is among the entries'],
    replay: onAScene(async ({ open, url }) => {
      const { signer } = open.center;
      const invented = { stationId: 'st_invented', tenantId: 'tn_demo', publicKey: newSigner().publicKey };
      const issuedAt = new Date().toISOString();
      const certificate = signer.sign('exam-station/certificate', { ...invented, issuedAt });
      await open.center.db.transaction((tx) => logEntries(tx, open.center, [certificateEntry(certificate)]));
      const { entries } = LoggedEntries.parse(await (await fetch(new URL(logPaths.entries, url))).json());
      const shown = entries.filter(({ text }) => text.includes(certificate)).map(() => 'it is among the entries');
      return detected(shown, ['it is among the entries']);
    }),
  },
];

const county = { name: 'county.example', signer: newSigner() };
const COUNTY = { least: 1, witnesses: [witnessKey(county.name, county.signer.publicKey)] };

const onProofs: readonly Attack[] = [
  {
    ...OPERATOR,
    name: 'station-invented-and-not-logged',
    does: 'vouches for a station that nobody set up, keeps that out of the log, and makes a proof that shows the log',
    outcome: 'prevented',
    by: '`verify` refuses it: `not-logged`',
    told: ['not-logged'],
    async replay() {
      const { file, log, center } = await genuineInLog([recordOf(1)]);
      // The place of the certificate is that of another entry.
      const forged = { ...file, log: { ...file.log, certificate: await log.inclusion(0) } };
      return refused(await verifyProofFile(Buffer.from(textOf(forged)), center.signer.publicKey));
    },
  },
  {
    ...OPERATOR,
    name: 'receipt-of-another-log',
    does: 'gives a receipt of a log that only this station sees, and shows with it a checkpoint that witnesses saw',
    outcome: 'prevented',
    by: '`verify` refuses it: the checkpoint does not go on from the receipt',
    told: ['log-forked'],
    async replay() {
      const { file, log, size, center } = await genuineInLog([recordOf(1)]);
      const others = openSmallLog(center.signer, log.leaves.with(size - 1, FORGED));
      await others.ready;
      const forged = { checkpoint: await others.checkpoint([county]), consistency: await others.consistency(size) };
      const text = textOf({ ...file, log: { ...file.log, ...forged } });
      return refused(await verifyProofFile(Buffer.from(text), center.signer.publicKey));
    },
  },
  {
    ...OPERATOR,
    name: 'split-view-with-witnesses',
    does: 'shows whoever verifies a log of its own, which no witness has seen',
    outcome: 'prevented',
    by: '`verify --witnesses 1 --witness KEY`: `witnesses-missing`',
    told: ['witnesses-missing'],
    async replay() {
      const { text } = await genuineInLog([recordOf(1)]);
      const outcome = await verifyProofFile(Buffer.from(text));
      return outcome.ok ? refused(whoSaw(outcome.summary.log, COUNTY)) : refused(outcome);
    },
  },
  {
    ...OPERATOR,
    name: 'split-view-without-witnesses',
    does: 'shows whoever verifies, and asks for no witness, a log of its own',
    outcome: 'open',
    by: 'asking for witnesses; without them a proof says what the center says',
    async replay() {
      const { text, center } = await genuineInLog([recordOf(1)]);
      return refused(await verifyProofFile(Buffer.from(text), center.signer.publicKey));
    },
  },
  {
    ...OPERATOR,
    name: 'cosignature-of-nobody',
    does: 'has a witness of its own making vouch for a log, under the name of one that is known',
    outcome: 'prevented',
    by: '`verify --witness KEY`: a key is what counts, not a name',
    told: ['witnesses-missing'],
    async replay() {
      const { text } = await genuineInLog([recordOf(1)], { witnesses: [{ name: county.name, signer: newSigner() }] });
      const outcome = await verifyProofFile(Buffer.from(text));
      return outcome.ok ? refused(whoSaw(outcome.summary.log, COUNTY)) : refused(outcome);
    },
  },
  {
    ...OPERATOR,
    name: 'cosignature-moved',
    does: 'puts the line of a witness below another checkpoint',
    outcome: 'prevented',
    by: '`verify --witness KEY`: the line does not hold there',
    told: ['log-invalid'],
    async replay() {
      const { file, center } = await genuineInLog([recordOf(1)]);
      const elsewhere = cosign('log.example/exams\n1\nAA==\n', county.name, county.signer, new Date());
      const forged = { ...file, log: { ...file.log, checkpoint: `${file.log.checkpoint}${elsewhere}\n` } };
      if (typeof openCheckpointBy(forged.log.checkpoint, center.signer.publicKey) === 'string')
        return { outcome: 'prevented', said: 'no checkpoint' };
      const outcome = await verifyProofFile(Buffer.from(textOf(forged)));
      return outcome.ok ? refused(whoSaw(outcome.summary.log, COUNTY)) : refused(outcome);
    },
  },
];

/** By who keeps the log, and on its way. */
export const attacksOnTheLog: readonly Attack[] = [...onWatchers, ...onProofs];
