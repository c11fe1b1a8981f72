import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { StationId } from '../../contract/words/ids.ts';
import { genuine, openTinyCenter, recordOf, STATION } from '../../proof/proof.fixture.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { openDataFolder } from '../core/data-folder/index.ts';
import { openDatabase } from '../core/database/index.ts';
import { isWhole } from '../core/ledger/index.ts';
import { keyFromFile, openVault } from '../core/vault/index.ts';
import { openIdentity } from '../keep/identity/index.ts';
import { ledgerOf, ledgerStretch, witnessedIn } from './index.ts';

/** A folder with a ledger of so many lines, of the station that fixtures are of. */
function written(lines: number) {
  const data = join(temporaryFolder(), 'station');
  mkdirSync(data);
  const database = openDatabase(join(data, 'station.db'));
  const identity = openIdentity(database, openVault(keyFromFile(join(data, 'vault.key'), { mayCreate: true })));
  const { publicKey } = identity.signer;
  identity.saveEnrolment(openTinyCenter().enrol(publicKey, STATION));
  database.close();
  const folder = openDataFolder(data, 'beside');
  for (let n = 0; n < lines; n++) folder.ledger.append(null, [{ type: 'clock-set', ms: n }]);
  const heads = [3, lines].map((sequence) => ({ stationId: STATION, sequence, head: folder.ledger.hashAt(sequence) }));
  folder[Symbol.dispose]();
  return { data, heads };
}

it('holds a ledger against lines that were seen, of this station and no other', () => {
  const { data, heads } = written(8);
  const text = JSON.stringify({ ok: true, heads: [...heads, { ...heads[0], stationId: 'st_other' }] });
  expect(ledgerOf(data, witnessedIn(text))).toMatchObject({ stationId: STATION, lines: 8, compared: 2, missed: [] });
  expect(ledgerOf(data).broken).toBeUndefined();
});

it('names the line that is another one, and the one that is not there', () => {
  const { data, heads } = written(8);
  const other = { ...heads[0], head: 'f'.repeat(64) };
  const gone = { ...heads[0], sequence: 9 };
  const { missed } = ledgerOf(data, witnessedIn(JSON.stringify([other, gone])));
  expect(missed).toEqual([
    { sequence: 3, head: 'f'.repeat(64), here: heads[0]?.head },
    { sequence: 9, head: heads[0]?.head, here: undefined },
  ]);
});

it('takes the lines out of proof files: of each record, and of where it began', async () => {
  const continues = {
    ...{ stationId: 'st_other', sittingId: 'si_0', root: 'si_0' },
    ledger: { sequence: 4, head: 'e'.repeat(64) },
  };
  const moved = recordOf(2, { format: 'exam-station/record@4', continues } as never);
  const { text } = await genuine([recordOf(1), moved]);
  expect(witnessedIn(text)).toEqual([
    { stationId: STATION, sequence: 6, head: '4'.repeat(64) },
    { stationId: STATION, sequence: 7, head: '4'.repeat(64) },
    { stationId: StationId.parse('st_other'), sequence: 4, head: 'e'.repeat(64) },
  ]);
  expect(reasonOf(() => witnessedIn('no JSON'))).toBe('bad-message');
});

it('cuts out lines that can be checked by themselves', () => {
  const { data, heads } = written(8);
  const stretch = ledgerStretch(data, 2, 5);
  expect([isWhole(stretch), stretch.lines.map(({ sequence }) => sequence), stretch.lines[1]?.hash]).toEqual([
    true,
    [2, 3, 4, 5],
    heads[0]?.head,
  ]);
  expect(reasonOf(() => ledgerOf(join(data, 'nowhere')))).toBe('data-missing');
});
