import type { Handlers } from '../../../contract/page/rpc/server.ts';
import type { Methods } from '../../../contract/page/station-api.ts';
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

/** What the page says of its camera. */
export function cameraHandlers(parts: CameraParts): Pick<Handlers<Methods>, 'camera.report'> {
  const { seat, devices, surroundings, cameras } = parts;
  /** The camera is one camera, by its name; it may be gone for a while and come back. */
  let before: string | undefined;
  const cameraIs = (label: string | undefined): void => {
    // One without a name is nobody known, and tells of nothing.
    if (!label) return;
    if (before && before !== label) surroundings.observe({ reason: 'camera-changed', what: label, lastedMs: 0 });
    before = label;
  };
  return {
    'camera.report': ({ state, label }) => {
      const wasReady = devices.camera.state === 'ready';
      const listed = state !== 'live' || !cameras || cameras.includes(label ?? '');
      const camera: DeviceState = listed ? STATES[state] : { state: 'failed', reason: 'camera-unlisted' };
      devices.now('camera', { ...camera, ...(label ? { label } : {}) });
      if (state === 'live') {
        parts.camera.askAgain();
        cameraIs(label);
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
