import type { Logger } from 'pino';
import type { PageLine } from './line.ts';
import { isSameView } from './same-view.ts';
import { type Looking, stationView, type Viewing } from './station-view.ts';

/** What the page shows. */
export type View = {
  /** Tells the page how it is, where that is news. Never throws. */
  refresh(): void;
  /** Whether the page asks what the face check sees. */
  readonly overlay: boolean;
  showLooks(asked: { readonly shown: boolean }): Record<string, never>;
  /** The page is gone: the next one knows nothing. */
  forget(): void;
  stop(): void;
};

/** @param looking what the camera shows at this moment */
export function openView(
  parts: Viewing & { readonly line: PageLine; readonly log: Logger },
  looking: () => Looking,
): View {
  const { line, log } = parts;
  let overlay = false;
  let stopped = false;
  let told: Parameters<typeof isSameView>[0];
  const refresh = (): void => {
    if (stopped || !line.connected) return;
    try {
      const { progress, look } = looking();
      const next = { view: stationView(parts, { progress, look: overlay ? look : undefined }), at: performance.now() };
      if (isSameView(told, next)) return;
      told = next;
      line.push('view', next.view);
    } catch (error) {
      // What was asked for is done and answered; the page sees it with the next change.
      log.error({ error: String(error) }, 'view');
    }
  };
  return {
    refresh,
    get overlay() {
      return overlay;
    },
    showLooks({ shown }) {
      overlay = shown;
      refresh();
      return {};
    },
    forget() {
      overlay = false;
      told = undefined;
    },
    stop() {
      stopped = true;
    },
  };
}
