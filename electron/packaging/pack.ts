import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Configuration, log, Platform } from 'electron-builder';
import { parse } from 'yaml';
import { fuses } from './fuses.ts';

export type PackPlan = {
  /** Root of the checkout, with dist/stage made. */
  readonly root: string;
  /** Folder of an Electron to pack; without one it is downloaded. */
  readonly electronDist: string | undefined;
  readonly electronVersion: string | undefined;
};

const readBuilderConfig = (root: string): Configuration =>
  parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Configuration;

/** The names of `@electron/fuses` as electron-builder spells them. */
const fuseConfig = (): NonNullable<Configuration['electronFuses']> =>
  Object.fromEntries(
    Object.entries(fuses).map(([name, on]) => [`${name[0]?.toLowerCase()}${name.slice(1)}`, on]),
  ) as NonNullable<Configuration['electronFuses']>;

/** Packs the program for this system as a folder. @returns where it lies */
export async function packFolder({ root, electronDist, electronVersion }: PackPlan): Promise<string> {
  const config: Configuration = {
    ...readBuilderConfig(root),
    electronFuses: fuseConfig(),
    ...(electronDist ? { electronDist } : {}),
    ...(electronVersion ? { electronVersion } : {}),
    afterPack: async ({ appOutDir }) => {
      // An Electron that was made to run a checkout has a program of its own in there.
      for (const name of ['app', 'default_app.asar'])
        rmSync(join(appOutDir, 'resources', name), { recursive: true, force: true });
    },
  };
  // Standard output is for what the command itself says.
  Object.assign(log, { stream: process.stderr });
  await build({ projectDir: root, config, targets: Platform.LINUX.createTarget('dir') });
  return join(root, 'dist/packed/linux-unpacked');
}
