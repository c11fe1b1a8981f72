import type { Command } from 'commander';
import {
  type FaceModels,
  type FetchOutcome,
  fetchModel,
  modelStatus,
  ownModelFolder,
} from '../../native/face/index.ts';
import { modelsHere } from '../faces.ts';
import { type CommandResult, present } from '../output.ts';

export function addModels(program: Command): void {
  const models = program.command('models').description('the weights the face check needs');
  models
    .command('status')
    .description('which weights are here, and whether they are the right ones')
    .option('--json', 'print one JSON document')
    .action(({ json }: { json?: boolean }) => present(json, status));
  models
    .command('verify')
    .description('read every byte of the weights that are here, and say whether they are the right ones')
    .option('--json', 'print one JSON document')
    .action(({ json }: { json?: boolean }) => present(json, verify));
  models
    .command('fetch')
    .description('bring the weights that are published, and check every byte; goes on where it was cut off')
    .option('--from <url>', 'address of a folder that holds them all, instead of their publishers')
    .option('--to <dir>', 'where to put them', ownModelFolder)
    .option('--json', 'print one JSON document')
    .action((options: FetchOptions) => present(options.json, () => fetchAll(options)));
}

type FetchOptions = { readonly from?: string; readonly to: string; readonly json?: boolean };

const IN_WORDS: Readonly<Record<FetchOutcome, string>> = {
  there: 'was there already',
  fetched: 'fetched',
  unpublished: 'nobody publishes this file: copy it from the model pack, or name a mirror with --from',
};

/** One after the other: the first that fails names the file, and what came is kept. */
async function fetchAll({ from, to }: FetchOptions): Promise<CommandResult> {
  const fetched: { readonly file: string; readonly outcome: FetchOutcome }[] = [];
  for (const model of Object.values(modelsHere().profile.models)) {
    const outcome = await fetchModel(model, to, from, progressLine(model.file, model.bytes));
    fetched.push({ file: model.file, outcome });
  }
  const ok = fetched.every(({ outcome }) => outcome !== 'unpublished');
  const text = fetched.map(({ file, outcome }) => `${file}: ${IN_WORDS[outcome]}`);
  return { exit: ok ? 0 : 1, json: { ok, to, models: fetched }, text };
}

/** Counts up on standard error where somebody watches. */
function progressLine(file: string, of: number): (bytes: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (bytes) =>
    void process.stderr.write(`\r${file} ${Math.floor((bytes / of) * 100)} %${bytes === of ? '\n' : ''}`);
}

/** Missing weights are no finding here: what is there must be right. */
function verify(): CommandResult {
  const models = modelsHere();
  const present = modelStatus(models).filter(({ state }) => state !== 'models-missing');
  const altered = present.filter(({ state }) => state === 'models-altered');
  const text = present.map(({ state, path }) => `${state.padEnd(15)} ${path}`);
  const ok = altered.length === 0 && present.length > 0;
  return {
    exit: ok ? 0 : 1,
    json: {
      ok,
      profile: named(models),
      verified: present.length - altered.length,
      altered,
    },
    text,
  };
}

const named = ({ profile: { id, status: how } }: FaceModels) => ({ id, status: how });

function status(): CommandResult {
  const models = modelsHere();
  const { profile, folders } = models;
  const all = modelStatus(models);
  const ok = all.every(({ state }) => state === 'ok');
  const text = [
    `profile ${profile.id}: ${profile.status}`,
    ...all.map(({ state, file, path }) => `${state.padEnd(15)} ${path ?? file}`),
    ...(ok ? [] : ['looked for in:', ...folders]),
  ];
  return {
    exit: ok ? 0 : 1,
    json: { ok, profile: named(models), models: all, folders },
    text,
  };
}
