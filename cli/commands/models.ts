import type { Command } from 'commander';
import { modelFolders, modelStatus } from '../../native/face/index.ts';
import { type CommandResult, present } from '../output.ts';

export function addModels(program: Command): void {
  const models = program.command('models').description('the weights the face check needs');
  models
    .command('status')
    .description('which weights are here, and whether they are the right ones')
    .option('--json', 'print one JSON document')
    .action(({ json }: { json?: boolean }) => present(json, status));
}

function status(): CommandResult {
  const all = modelStatus();
  const ok = all.every(({ state }) => state === 'ok');
  const text = [
    ...all.map(({ state, file, path }) => `${state.padEnd(15)} ${path ?? file}`),
    ...(ok ? [] : ['looked for in:', ...modelFolders()]),
  ];
  return { exit: ok ? 0 : 1, json: { ok, models: all, folders: modelFolders() }, text };
}
