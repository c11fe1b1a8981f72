import {
  type Having,
  having,
  type Program,
  type ReadBy,
  readText,
  type Said,
  type SettingName,
  type SettingValue,
  settingOf,
  writeText,
} from './settings.ts';

/** Variables of a program, as Node and everybody else has them. An empty one says nothing. */
export type Variables = Readonly<Record<string, string | undefined>>;

const variableOf = (name: Having<'variable'>): string => settingOf(name).variable?.name ?? '';

/** One setting, as its variable says it. @throws Error naming the variable, and not what it holds */
export function readVariable<N extends Having<'variable'>>(name: N, env: Variables): SettingValue<N> | undefined {
  const variable = variableOf(name);
  const text = env[variable];
  return text ? readText(name, text, variable) : undefined;
}

/** Several settings, as their variables say them. @throws Error as {@link readVariable} */
export const readVariables = <N extends Having<'variable'>>(names: readonly N[], env: Variables): Said<N> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = readVariable(name, env);
      return value === undefined ? [] : [[name, value] as const];
    }),
  ) as Said<N>;

/** All that this program reads from its variables. */
export const readBy = <P extends Program>(program: P): readonly ReadBy<P>[] =>
  having('variable').filter((name) =>
    settingOf(name).variable?.readBy.includes(program),
  ) as readonly SettingName[] as readonly ReadBy<P>[];

/** The same settings as variables again, for a program that is started. */
export const asVariables = (said: Said<Having<'variable'>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    having('variable').flatMap((name) => {
      const value = said[name];
      return value === undefined ? [] : [[variableOf(name), writeText(value)] as const];
    }),
  );

/** A center's, which may name a password; a launcher has it for the center alone. */
export const DATABASE_VARIABLE = 'DATABASE_URL';

const SECRET: ReadonlySet<string> = new Set([
  DATABASE_VARIABLE,
  ...having('variable')
    .filter((name) => settingOf(name).secret)
    .map(variableOf),
]);

/** What a program that we start inherits: without what is told to it, or to nobody, in another way. */
export const withoutSecrets = (env: Variables): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !SECRET.has(name)));
