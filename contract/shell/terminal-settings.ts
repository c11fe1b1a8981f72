import { z } from 'zod';
import { Refusal } from '../words/reasons.ts';
import { type Having, having, type Said, SETTINGS, type SettingValue, settingOf } from './settings.ts';

/** In the data folder of the station, for its own user's eyes only. */
export const TERMINAL_FILE = 'terminal.json';

type InFile = Having<'file'>;
type Settings = typeof SETTINGS;
type Field<N extends InFile> = Settings[N]['file']['field'];
type SchemaOf<N extends InFile> = Settings[N]['file'] extends { is: infer S extends z.ZodType } ? S : Settings[N]['is'];
type Shape = {
  -readonly [N in InFile as Field<N>]: Settings[N]['file'] extends { needed: true }
    ? SchemaOf<N>
    : z.ZodOptional<SchemaOf<N>>;
};

const shape = Object.fromEntries(
  having('file').map((name) => {
    const { is, file } = settingOf(name);
    const schema = file?.is ?? is;
    return [file?.field, file?.needed ? schema : schema.optional()];
  }),
) as Shape;

/**
 * What one terminal is: written by `exam-station provision` or on its own screen, read by the shell and by the station. Its
 * fields are the settings that may stand in a file (`settings.ts`). A field that nobody knows is a slip of the pen, and is
 * refused.
 */
export const TerminalSettings = z.strictObject({ format: z.literal('exam-station/terminal@1'), ...shape }).readonly();
export type TerminalSettings = z.infer<typeof TerminalSettings>;

/** What a terminal's file says of each setting. */
export const saidIn = (terminal: TerminalSettings | undefined): Said<InFile> =>
  Object.fromEntries(
    having('file').flatMap((name) => {
      const value = terminal?.[SETTINGS[name].file.field];
      return value === undefined ? [] : [[name, value satisfies SettingValue<InFile>] as const];
    }),
  ) as Said<InFile>;

/** What is written in a terminal's file. @throws Refusal `settings-unreadable`, naming each field that is not right */
export function parseTerminal(text: string): TerminalSettings {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Refusal('settings-unreadable', `${TERMINAL_FILE} is not JSON`);
  }
  const { data, error } = TerminalSettings.safeParse(content);
  if (data) return data;
  // Where it is wrong, not what stands there: that may be a secret.
  const wrong = error.issues.map((issue) =>
    issue.code === 'unrecognized_keys' ? `${issue.keys.join(', ')} is unknown` : `${issue.path.join('.')} is not right`,
  );
  throw new Refusal('settings-unreadable', `${TERMINAL_FILE}: ${wrong.join('; ')}`);
}
