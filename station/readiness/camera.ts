import type { Check } from '../../contract/words/readiness.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { asIs, judged, words } from '../../messages/checks.ts';
import { VIEW_LIMITS } from '../../native/face/index.ts';
import { looksVirtual } from '../watch/index.ts';
import type { Facts } from './facts.ts';
import type { CameraMeasure } from './measure-camera.ts';

/** A blink lasts 150 ms and more: with fewer pictures a second it falls between two. */
const PICTURES_PER_SECOND = 10;

const [dark, bright] = VIEW_LIMITS.LuminanceMean.good;
const [sharp] = VIEW_LIMITS.Sharpness.good;
const expected = words('expected.camera', { rate: PICTURES_PER_SECOND, dark, bright, sharpness: sharp });

export function cameraCheck({ known: { camera }, measured: { camera: seen } }: Facts): Check {
  const say = (found = words('found.unknown'), reason?: Reason) => judged({ name: 'camera', found, expected }, reason);
  if (camera === 'own-screen') return say(words('found.unmeasured'), 'own-screen');
  const { device, recorded } = camera;
  if (device.state === 'failed') return say(words('found.none'), device.reason ?? 'camera-missing');
  if (device.state === 'starting') return say(words('found.none'), 'camera-unseen');
  if (seen && 'trouble' in seen) return say(words('found.none'), seen.trouble);
  const doubt = recorded ? 'recorded-feeds' : looksVirtual(device.label ?? '') ? 'camera-virtual' : undefined;
  const found = seen ? inWords(seen) : asIs(device.label || '—');
  return say(found, doubt ?? (seen && faultOf(seen)));
}

type Pictures = Exclude<CameraMeasure, { readonly trouble: unknown }>;

const faultOf = ({ picturesPerSecond, report }: Pictures): Reason | undefined =>
  picturesPerSecond < PICTURES_PER_SECOND ? 'camera-slow' : report.find(({ advice }) => advice)?.advice;

function inWords({ picturesPerSecond, width, height, report }: Pictures) {
  const measureOf = (component: string): number =>
    report.find((measure) => measure.component === component)?.value ?? 0;
  return words('found.camera', {
    rate: picturesPerSecond.toFixed(0),
    size: `${width}×${height}`,
    light: measureOf('LuminanceMean').toFixed(0),
    sharpness: measureOf('Sharpness').toFixed(4),
  });
}
