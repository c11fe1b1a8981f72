import { join } from 'node:path';
import { handsOn, type Kiosk } from '../../cli/demo/kiosk.ts';
import { demoCandidate, openSite, type Site } from '../../cli/demo/site.ts';
import type { DisplayPlan } from '../../cli/lab/display.ts';
import { type KioskLab, type LabKiosk, openKioskLab } from '../../cli/lab/kiosk-lab.ts';
import type { SittingEvent } from '../../station/core/sitting/index.ts';
import { openArchive } from '../../station/offline/index.ts';
import { root, seedBank } from '../stage.ts';

/** Somebody who sits an exam in a real, locked kiosk, let in by hand: where what happens around it is looked at. */
export type KioskSitting = AsyncDisposable & {
  readonly lab: KioskLab;
  readonly site: Site;
  readonly app: LabKiosk;
  readonly kiosk: Kiosk;
  /** What the ledger holds of it so far. */
  events(): readonly SittingEvent[];
};

/** @param env what the kiosk is told besides */
export async function openKioskSitting(
  name: string,
  plan: DisplayPlan = {},
  env: Readonly<Record<string, string>> = {},
): Promise<KioskSitting> {
  const running = new AsyncDisposableStack();
  try {
    const lab = running.use(await openKioskLab(plan));
    const candidate = demoCandidate('考生', 1, null);
    const folder = join(root, 'data', name);
    const site = running.use(
      await openSite({ folder, ...seedBank(), candidates: [candidate], quiet: true, runs: 'kiosk' }),
    );
    lab.user.give(site.stationData());
    lab.user.give(site.reader.path);
    const app = running.use(await lab.launch({ env: { ...site.seat(), ...env } }));
    const page = await app.app.firstWindow();
    const kiosk = handsOn(
      page,
      () => Promise.reject(new Error('one window')),
      async () => undefined,
    );
    await app.waitUntilLocked();
    await kiosk.checkInByHand(candidate.number, site.proctorPin);
    await kiosk.proctor('unlock', site.proctorPin);
    await kiosk.screen('exam');
    return {
      ...{ lab, site, app, kiosk },
      events() {
        using archive = openArchive(site.stationData());
        return archive.sittings().flatMap((sitting) => archive.entries(sitting).map(({ event }) => event));
      },
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    };
  } catch (error) {
    await running.disposeAsync();
    throw error;
  }
}
