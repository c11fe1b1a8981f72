import { type Command, Option } from 'commander';
import { type ListedStation, RevocationWish } from '../../contract/people-center/operator-api.ts';
import { RevocationCause } from '../../contract/records/revocations.ts';
import { StationId } from '../../contract/words/ids.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';

type RevokeOptions = CenterOptions & { readonly cause: RevocationCause; readonly note?: string };

/** The stations of a firm, and the end of one. */
export function addStation(program: Command): void {
  const station = program.command('station').description("this firm's stations at the center");
  atCenter(
    station,
    'list',
    'all that ever enrolled; of those that are revoked, what was asked with their key since',
  ).action((options: CenterOptions) => present(options.json, () => list(options)));
  atCenter(
    station,
    'rotate',
    'it signs with a new key, once it hears so and nobody sits there; `station list` says whether it has',
  )
    .argument('<id>', 'as `station list` says')
    .action((id: string, options: CenterOptions) => present(options.json, () => rotate(id, options)));
  atCenter(station, 'revoke', 'for good: nothing that it signs from now on counts, and it is told nothing more')
    .argument('<id>', 'as `station list` says')
    .addOption(
      new Option('--cause <cause>', 'for the log, which anybody may see')
        .choices(RevocationCause.options)
        .makeOptionMandatory(),
    )
    .option('--note <text>', 'what happened; for this firm alone')
    .action((id: string, options: RevokeOptions) => present(options.json, () => revoke(id, options)));
}

async function list({ center, token }: CenterOptions): Promise<CommandResult> {
  const stations = await openOperator(center, token).listStations();
  return { exit: 0, json: { ok: true, stations }, text: stations.length > 0 ? stations.map(inALine) : ['none'] };
}

function inALine({ id, name, key, revoked }: ListedStation): string {
  const { keyId, since, former, wished } = key ?? {};
  const keyed = key
    ? `\tkey ${keyId} since ${since}, ${former} before${wished ? `, to change since ${wished}` : ''}`
    : '';
  if (!revoked) return `${id}\t${name}${keyed}`;
  const { at, cause, note, refused } = revoked;
  return `${id}\t${name}\trevoked ${at}, ${cause}${note ? `: ${note}` : ''}\t${refused} requests refused since`;
}

async function revoke(text: string, { center, token, cause, note }: RevokeOptions): Promise<CommandResult> {
  const id = StationId.parse(text);
  const wish = RevocationWish.parse({ cause, ...(note ? { note } : {}) });
  const { revocation } = await openOperator(center, token).revokeStation(id, wish);
  return { exit: 0, json: { ok: true, id, revocation }, text: [`${id} is revoked; the machine can enrol anew`] };
}

async function rotate(text: string, { center, token }: CenterOptions): Promise<CommandResult> {
  const id = StationId.parse(text);
  await openOperator(center, token).rotateStation(id);
  return { exit: 0, json: { ok: true, id }, text: [`${id} is to change its key`] };
}
