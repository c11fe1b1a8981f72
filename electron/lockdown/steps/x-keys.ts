import { z } from 'zod';
import type { Step } from '../step.ts';
import { canRun, type Run } from './run.ts';

const Found = z.object({ options: z.array(z.string()) });
/** Takes the switching of terminals and the killing of the X server out of the keyboard's map. */
const WITHOUT_SERVER_KEYS = 'srvrkeys:none';
const KILLS_SERVER = /^terminate:/;

/** On an X server: Ctrl+Alt+F1 to F12 switch no terminal, and Ctrl+Alt+Backspace ends nothing. */
export function serverKeys(run: Run, env: NodeJS.ProcessEnv): Step {
  const options = async (): Promise<readonly string[]> => {
    const query = await run('setxkbmap', '-query');
    const line = query.split('\n').find((one) => one.startsWith('options:'));
    return line ? line.slice('options:'.length).trim().split(',').filter(Boolean) : [];
  };
  /** An empty one first: it clears what is there. */
  const set = (wanted: readonly string[]): Promise<string> =>
    run('setxkbmap', '-option', '', ...wanted.flatMap((one) => ['-option', one]));
  return {
    ...{ name: 'server-keys', scope: 'machine' },
    async absent() {
      if (!env.DISPLAY || env.XDG_SESSION_TYPE === 'wayland') return 'there is no X server here';
      return (await canRun(run, 'setxkbmap')) ? undefined : 'there is no setxkbmap: x11-xkb-utils';
    },
    look: async () => ({ options: [...(await options())] }),
    async perform() {
      const kept = (await options()).filter((one) => !KILLS_SERVER.test(one) && one !== WITHOUT_SERVER_KEYS);
      await set([...kept, WITHOUT_SERVER_KEYS]);
    },
    async verify() {
      const now = await options();
      return now.includes(WITHOUT_SERVER_KEYS) ? undefined : `the keyboard's options are ${now.join(', ') || 'none'}`;
    },
    async revert(found) {
      await set(Found.safeParse(found).data?.options ?? []);
    },
  };
}
