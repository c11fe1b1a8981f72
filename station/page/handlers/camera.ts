import type { Handlers } from '../../../contract/page/rpc/server.ts';
import type { Methods } from '../../../contract/page/station-api.ts';
import { inShort } from '../../../contract/shell/kiosk-messages.ts';
import type { DeviceState } from '../../../contract/words/device-state.ts';
import { newIncidentId } from '../../core/sitting/index.ts';
import type { Surroundings, Watching } from '../../watch/index.ts';

const STATES: Readonly<Record<'live' | 'missing' | 'denied' | 'busy' | 'lost', DeviceState>> = {
  live: { state: 'ready' },
  missing: { state: 'failed', reason: 'camera-missing' },
  denied: { state: 'failed', reason: 'camera-denied' },
  busy: { state: 'failed', reason: 'camera-busy' },
  lost: { state: 'failed', reason: 'camera-lost' },
};

export type CameraParts = Pick<Watching, 'seat' | 'camera' | 'devices'> & {
  readonly surroundings: Surroundings;
  /** The only cameras that are taken, by name; any where this is missing. */
  readonly cameras?: readonly string[] | undefined;
};

/**
 * What a page calls its camera. The browser makes up the id of the device, which tells two of one name apart; another browser
 * makes up another.
 */
type Named = { readonly label?: string | undefined; readonly device?: string | undefined };
/** Enough to tell one from another. */
const SHOWN_OF_DEVICE = 8;

/** What the page says of its camera. */
export function cameraHandlers(parts: CameraParts): Pick<Handlers<Methods>, 'camera.report'> {
  const { seat, devices, surroundings, cameras } = parts;
  /** The camera is one camera, by its name; it may be gone for a while and come back. */
  let before: Named | undefined;
  const cameraIs = (now: Named, isNewPage: boolean): void => {
    const { label, device } = now;
    const isOther = before && (before.label !== label || (!isNewPage && before.device !== device));
    if (isOther) {
      const what = [label ?? '—', device?.slice(0, SHOWN_OF_DEVICE)].filter(Boolean).join(' ');
      surroundings.observe({ reason: 'camera-changed', what: inShort(what), lastedMs: 0 });
    }
    // One without a name is nobody known: it is told of where it takes the place of one that has a name.
    if (label) before = now;
  };
  return {
    'camera.report': ({ state, label, device }) => {
      const isNewPage = devices.camera.state === 'starting';
      const wasReady = devices.camera.state === 'ready';
      const listed = state !== 'live' || !cameras || cameras.includes(label ?? '');
      const camera: DeviceState = listed ? STATES[state] : { state: 'failed', reason: 'camera-unlisted' };
      devices.now('camera', { ...camera, ...(label ? { label } : {}) });
      if (state === 'live') {
        parts.camera.askAgain();
        cameraIs({ label, device }, isNewPage);
      }
      const watched = seat.current?.stage === 'in-progress' && seat.current.consent === true;
      if (wasReady && camera.state !== 'ready' && watched) {
        const reason = listed ? 'camera-lost' : 'camera-unlisted';
        seat.execute({ kind: 'interrupt', reason, incidentId: newIncidentId() });
      }
      return {};
    },
  };
}
