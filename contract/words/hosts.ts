import { z } from 'zod';
import { Refusal } from './reasons.ts';

/**
 * Where a station is shown. `kiosk`: the locked kiosk. `kiosk-unlocked`: a kiosk window that was asked for unlocked, to try
 * things in. `browser`: the browser host, a plain Chromium with a WebSocket.
 */
export const Host = z.enum(['kiosk', 'kiosk-unlocked', 'browser']);
export type Host = z.infer<typeof Host>;
export const HOSTS = Host.options;

/** Some of them, each once. */
export const Hosts = z
  .array(Host)
  .min(1)
  .refine((hosts) => new Set(hosts).size === hosts.length, { error: 'a host is named twice' })
  .readonly();

type Hosted = { readonly mode: 'formal' | 'mock' | 'gate' | 'learning'; readonly hosts?: readonly Host[] | undefined };

/** Where an exam may be sat: what it names; else a formal exam in the locked kiosk only, and any other everywhere. */
export const hostsOf = ({ hosts, mode }: Hosted): readonly Host[] => hosts ?? (mode === 'formal' ? ['kiosk'] : HOSTS);

export const mayBeSatOn = (exam: Hosted, host: Host): boolean => hostsOf(exam).includes(host);

/** @throws Refusal `host-not-allowed` */
export function mustBeSatOn(exam: Hosted, host: Host): void {
  if (!mayBeSatOn(exam, host)) throw new Refusal('host-not-allowed', host);
}
