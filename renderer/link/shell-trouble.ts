import { type ShellTrouble, TroubleMessage } from '../../contract/page/shell-trouble.ts';

/** Why the kiosk has no station, as its shell says; in a plain browser nobody says so. */
export type ShellTroubleSource = {
  readonly current: () => ShellTrouble | null;
  subscribe(listener: () => void): () => void;
};

export function openShellTrouble(): ShellTroubleSource {
  let current: ShellTrouble | null = null;
  const listeners = new Set<() => void>();
  window.addEventListener('message', ({ source, data }: MessageEvent) => {
    const message = source === window ? TroubleMessage.safeParse(data) : undefined;
    if (!message?.success) return;
    current = message.data.trouble;
    for (const listener of listeners) listener();
  });
  return {
    current: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
