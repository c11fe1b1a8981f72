import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { everySoOften, type Sentinel, shortName } from './sentinel.ts';

const LOOK_MS = 5_000;

/** Programs by which somebody elsewhere sees or moves this screen, as their processes are called; without `.exe`. */
const PROGRAMS =
  /^(teamviewer(_service|d)?|tv_x64|anydesk|rustdesk|todesk(_service)?|sunlogin(client)?|awesun|x11vnc|x0vncserver|xvnc|vncserver(-x11)?|winvnc4?|tvnserver|vino-server|wayvnc|krfb|gnome-remote-de(sktop.*)?|xrdp|xrdp-sesman|chrome-remote-d(esktop.*)?|remoting_host|parsecd?|nxserver(\.bin)?|dwagent|splashtop.*|srserver|radmin|rserver3|supremo|ultraviewer(_desktop)?|quickassist|msra|logmein|lmiguardiansvc|screenconnect.*|obs|obs64)$/i;

type Process = { readonly pid: number; readonly name: string };

/** @param proc where Linux tells of its processes */
export function linuxProcesses(proc = '/proc'): readonly Process[] {
  return readdirSync(proc)
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [{ pid: Number(pid), name: readFileSync(join(proc, pid, 'comm'), 'utf8').trim() }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

async function windowsProcesses(): Promise<readonly Process[]> {
  const { stdout } = await promisify(execFile)('tasklist', ['/fo', 'csv', '/nh'], { windowsHide: true });
  return [...stdout.matchAll(/^"([^"]+)\.exe","(\d+)"/gim)].map(([, name = '', pid]) => ({ pid: Number(pid), name }));
}

export const processesOf = (platform: NodeJS.Platform): (() => Promise<readonly Process[]>) =>
  platform === 'win32' ? windowsProcesses : async () => linuxProcesses();

/** What the session itself says of being a remote one. */
export function remoteSession(env: NodeJS.ProcessEnv): string | undefined {
  if (env.SSH_CONNECTION) return 'SSH session';
  if (env.XRDP_SESSION) return 'RDP session';
  if (/^rdp-/i.test(env.SESSIONNAME ?? '')) return `RDP session ${env.SESSIONNAME}`;
  return /^[\w.-]+:\d/.test(env.DISPLAY ?? '') ? `DISPLAY ${env.DISPLAY}` : undefined;
}

/** Programs for remote control that run, each told once, and a session that is a remote one. */
export function watchRemoteControl(processes: () => Promise<readonly Process[]>, env: NodeJS.ProcessEnv): Sentinel {
  return {
    name: 'remote-control',
    watch(report) {
      const told = new Set<number>();
      const tell = (what: string): void => report({ reason: 'remote-control', what: shortName(what), lastedMs: 0 });
      const session = remoteSession(env);
      if (session) tell(session);
      return everySoOften(LOOK_MS, async () => {
        for (const { pid, name } of await processes()) {
          if (told.has(pid) || !PROGRAMS.test(name)) continue;
          told.add(pid);
          tell(name);
        }
      });
    },
  };
}
