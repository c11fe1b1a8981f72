import { expect, test } from 'vitest';
import { type Operation, performAll } from './operation-sequence.ts';

function trace(names: readonly string[], failing: { readonly perform?: string; readonly revert?: string } = {}) {
  const events: string[] = [];
  const step = (verb: 'perform' | 'revert', name: string) => async (): Promise<void> => {
    if (failing[verb] === name) throw new Error(`${verb} ${name}`);
    events.push(`${verb} ${name}`);
  };
  const operations: Operation[] = names.map((name) => ({
    name,
    perform: step('perform', name),
    revert: step('revert', name),
  }));
  return { events, operations };
}

test('performs in order and reverts in reverse, once', async () => {
  const { events, operations } = trace(['menu', 'keys', 'awake']);
  const performed = await performAll(operations);
  await performed.revert();
  await performed.revert();
  expect(events).toEqual([
    'perform menu',
    'perform keys',
    'perform awake',
    'revert awake',
    'revert keys',
    'revert menu',
  ]);
});

test('a failure takes back what was done before it, and only that', async () => {
  const { events, operations } = trace(['menu', 'keys', 'awake', 'more'], { perform: 'awake' });
  await expect(performAll(operations)).rejects.toThrow('perform awake');
  expect(events).toEqual(['perform menu', 'perform keys', 'revert keys', 'revert menu']);
});

test('a step that cannot be reverted does not keep the others', async () => {
  const { events, operations } = trace(['menu', 'keys', 'awake'], { revert: 'keys' });
  const performed = await performAll(operations);
  await expect(performed.revert()).rejects.toThrow('could not revert: keys');
  expect(events.slice(3)).toEqual(['revert awake', 'revert menu']);
});

test('tells of both failures where going back fails too', async () => {
  const { operations } = trace(['menu', 'keys'], { perform: 'keys', revert: 'menu' });
  const error = (await performAll(operations).catch((caught: unknown) => caught)) as AggregateError;
  expect(error.errors.map(String)).toEqual(['Error: perform keys', 'Error: could not revert: menu']);
});
