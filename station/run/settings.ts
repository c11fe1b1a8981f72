import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Having,
  having,
  type ReadBy,
  readText,
  type Said,
  SETTINGS,
  type SettingValue,
} from '../../contract/shell/settings.ts';
import { saidIn } from '../../contract/shell/terminal-settings.ts';
import { readBy, readVariables, type Variables } from '../../contract/shell/variables.ts';
import { readTerminal } from '../provision/index.ts';

type OnItsOwn = Having<'flag'> | ReadBy<'station'>;
/** What a station that is started by itself is told. What has a usual value is always there. */
export type Settings = Said<OnItsOwn> & { readonly [N in OnItsOwn & Having<'usual'>]: SettingValue<N> };

/**
 * Settings from the command line, where it is silent the environment, and then what is written in the data folder; `help`
 * where that was asked for. What is empty says nothing.
 * @throws Error with a sentence for the person who typed it
 */
export function readSettings(args: readonly string[], env: Variables): Settings | 'help' {
  const flags = having('flag').map((name) => [SETTINGS[name].flag.name, { type: 'string' }] as const);
  const options = { ...Object.fromEntries(flags), help: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return 'help';
  const typed = readFlags(values);
  const data = resolve(typed.data ?? SETTINGS.data.usual);
  const variables = readVariables(readBy('station'), env);
  return { ...usual(), ...saidIn(readTerminal(data)), ...variables, ...typed, data };
}

function readFlags(values: Readonly<Record<string, unknown>>): Said<Having<'flag'>> {
  const typed = having('flag').flatMap((name) => {
    const flag = SETTINGS[name].flag.name;
    const text = values[flag];
    return typeof text === 'string' && text ? [[name, readText(name, text, `--${flag}`)] as const] : [];
  });
  return Object.fromEntries(typed) as Said<Having<'flag'>>;
}

const usual = () =>
  Object.fromEntries(having('usual').map((name) => [name, readText(name, SETTINGS[name].usual, name)])) as {
    readonly [N in Having<'usual'>]: SettingValue<N>;
  };
