import { having, type SettingName, settingOf } from '../../contract/shell/settings.ts';
import { readBy } from '../../contract/shell/variables.ts';

const WIDTH = 28;

/** Where else it may be said, and what counts where it is not. */
function elsewhere(name: SettingName): string {
  const { variable, usual } = settingOf(name);
  const read = variable?.readBy.includes('station') ? [variable.name] : [];
  const places = [...read, ...(usual === undefined ? [] : [usual])];
  return places.length > 0 ? ` (${places.join(', ')})` : '';
}

function flagLines(name: SettingName): readonly string[] {
  const { flag, says, secret } = settingOf(name);
  const line = `  ${`--${flag?.name}=${flag?.value}`.padEnd(WIDTH)}  ${says}${elsewhere(name)}`;
  const warning = 'others on this machine can read what is typed here; the variable they cannot';
  return secret ? [line, `  ${''.padEnd(WIDTH)}  ${warning}`] : [line];
}

function variableLine(name: SettingName): string {
  const { variable, says, usual } = settingOf(name);
  return `  ${variable?.name.padEnd(WIDTH)}  ${says}${usual === undefined ? '' : ` (${usual})`}`;
}

const flags = having('flag');
const onlyVariables = readBy('station').filter((name) => settingOf(name).flag === undefined);

/** Of `station/run/main.ts`, from the list of settings. */
export const USAGE = `node station/run/main.ts [--data=DIR] [--center=URL] [--port=PORT]

${flags.flatMap(flagLines).join('\n')}
  --help

  What \`exam-station provision\` wrote into the data folder counts where the command line and these are silent:

${onlyVariables.map(variableLine).join('\n')}
`;
