import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { MachineCamera } from './machine-camera.ts';

/** Otherwise names come in the code page of the machine, such as GBK. */
const IN_UTF8 = '[Console]::OutputEncoding=[Text.Encoding]::UTF8;';
const ASK =
  'ConvertTo-Json -Compress @(Get-PnpDevice -PresentOnly -Class Camera,Image -ErrorAction SilentlyContinue | ' +
  'Select-Object FriendlyName,InstanceId,Service)';
const PATIENCE_MS = 15_000;

const Said = z.object({
  FriendlyName: z.string().nullable(),
  InstanceId: z.string(),
  Service: z.string().nullable().optional(),
});

/** @returns nothing where Windows does not say */
export async function windowsCameras(): Promise<readonly MachineCamera[] | undefined> {
  const asked = ['-NoProfile', '-NonInteractive', '-Command', IN_UTF8 + ASK];
  const options = { windowsHide: true, timeout: PATIENCE_MS };
  const { stdout } = await promisify(execFile)('powershell.exe', asked, options).catch(() => ({ stdout: '' }));
  return readPnpDevices(stdout);
}

/** What `Get-PnpDevice` says, as JSON: one device or a list of them. */
export function readPnpDevices(json: string): readonly MachineCamera[] | undefined {
  const devices = z.union([z.array(Said), Said.transform((one) => [one])]).safeParse(parsed(json));
  return devices.data?.map(({ FriendlyName, InstanceId, Service }) => {
    const [, vendor, product] = /^USB\\VID_([0-9A-F]{4})&PID_([0-9A-F]{4})/i.exec(InstanceId) ?? [];
    return {
      ...{ id: InstanceId, name: FriendlyName ?? '', driver: Service ?? '' },
      ...(vendor && product ? { usb: `${vendor}:${product}`.toLowerCase() } : {}),
      // A device of the root bus or of software hangs on no hardware.
      isProgram: /^(ROOT|SWD)\\/i.test(InstanceId),
    };
  });
}

function parsed(json: string): unknown {
  try {
    // Some versions of PowerShell begin what is UTF-8 with a mark that says so.
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
