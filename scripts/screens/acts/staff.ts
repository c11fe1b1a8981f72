import { mkdirSync, rmSync } from 'node:fs';
import { startProgram } from '../../../cli/programs.ts';
import { StationReady } from '../../../contract/words/programs.ts';
import { aTerminal } from '../../../proof/secrets/terminal.fixture.ts';
import { writeTerminal } from '../../../station/provision/index.ts';
import { openNewTerminal, terminalFolder } from '../new-terminal.ts';
import { type Act, kioskOf, root, type Stage } from '../stage.ts';

/** What staff see before anybody sits down: whether a station is ready, and what it is. */
export const staff: Act = {
  faces: false,
  async play(stage) {
    await readiness(stage);
    await notReady(stage);
    await newTerminal(stage);
    await administrator(stage);
  },
};

async function readiness(stage: Stage): Promise<void> {
  const site = await stage.site();
  await using kiosk = await kioskOf(stage, 'readiness-camera');
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await kiosk.tap('readiness');
  await kiosk.screen('readiness');
  await kiosk.tap('readiness-check');
  await kiosk.page.locator('[data-action="readiness-check"]:enabled').waitFor();
  await stage.shoot(kiosk.page, '21-readiness', { whole: true });
}

/** It knows where a center is, and has never been enrolled there. */
async function notReady(stage: Stage): Promise<void> {
  const args = [`--data=${emptyFolder(stage, 'not-enrolled')}`, '--center=http://127.0.0.1:9'];
  const station = await startProgram(StationReady, `${root}/station/run/main.ts`, args, { quiet: true });
  try {
    await using kiosk = await kioskOf(stage, 'not-enrolled-camera');
    await kiosk.open(station.ready.url);
    await kiosk.screen('not-ready');
    await stage.shoot(kiosk.page, '21-not-ready');
  } finally {
    await station.stop();
  }
}

async function newTerminal(stage: Stage): Promise<void> {
  await using terminal = await openNewTerminal(emptyFolder(stage, 'new-terminal'));
  await using kiosk = await kioskOf(stage, 'new-terminal-camera');
  await kiosk.open(terminal.url);
  await kiosk.screen('set-up');
  await kiosk.page.locator('[data-action="set-up-save"]').waitFor();
  await stage.shoot(kiosk.page, '22-set-up', { whole: true });
  await kiosk.tap('set-up-save');
  await kiosk.page.locator('[data-problem]').first().waitFor();
  await stage.shoot(kiosk.page, '22-set-up-wrong', { whole: true });
}

async function administrator(stage: Stage): Promise<void> {
  const data = emptyFolder(stage, 'known-terminal');
  writeTerminal(data, aTerminal());
  await using terminal = await openNewTerminal(data);
  await using kiosk = await kioskOf(stage, 'known-terminal-camera');
  await kiosk.open(terminal.url);
  await kiosk.screen('not-ready');
  await kiosk.tap('readiness-list');
  await kiosk.tap('set-up');
  await kiosk.screen('set-up');
  await stage.shoot(kiosk.page, '22-set-up-administrator');
}

function emptyFolder({ work }: Stage, name: string): string {
  const folder = terminalFolder(work, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
