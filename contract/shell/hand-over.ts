import { type Having, having, type ReadBy, type Said, SETTINGS, settingOf, writeText } from './settings.ts';
import type { StationSecrets } from './station-secrets.ts';
import { asVariables } from './variables.ts';

type Told = Having<'flag'> | ReadBy<'station'> | Having<'stdin'>;

/** How a station that is started as a program of its own is told its settings. */
export type HandedOver = {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: StationSecrets;
};

/** What is secret goes by standard input, what has a flag stands on the command line, and the rest in variables. */
export function handOver(said: Said<Told>): HandedOver {
  const secrets = having('stdin').flatMap((name) => (said[name] === undefined ? [] : [[name, said[name]] as const]));
  const flags = having('flag').filter((name) => !settingOf(name).secret);
  const args = flags.flatMap((name) => {
    const value = said[name];
    // With `=`: a key in base64url may begin with a dash.
    return value === undefined ? [] : [`--${SETTINGS[name].flag.name}=${writeText(value)}`];
  });
  const byOtherWays = new Set<string>([...having('flag'), ...having('stdin')]);
  const rest = Object.entries(said).filter(([name]) => !byOtherWays.has(name));
  return { args, env: asVariables(Object.fromEntries(rest)), secrets: Object.fromEntries(secrets) };
}
