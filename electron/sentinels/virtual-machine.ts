import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sentinel, shortName } from './sentinel.ts';

/** What makers of virtual machines call theirs. */
const MAKERS =
  /qemu|kvm|vmware|virtualbox|innotek|xen|bochs|parallels|microsoft corporation virtual|hyper-v|bhyve|firecracker/i;

/** What the machine says of itself. @param root of /sys and /proc, for whoever looks at another one */
export function virtualMachine(root = '/'): string | undefined {
  const read = (path: string): string => {
    try {
      return readFileSync(join(root, path), 'utf8').trim();
    } catch {
      return '';
    }
  };
  const name = ['sys_vendor', 'product_name', 'board_vendor'].map((file) => read(`sys/class/dmi/id/${file}`)).join(' ');
  if (MAKERS.test(name)) return shortName(name);
  return /^flags\s*:.*\bhypervisor\b/m.test(read('proc/cpuinfo')) ? 'hypervisor' : undefined;
}

/** Whether the kiosk runs in a virtual machine, told once. */
export const watchVirtualMachine = (look: () => string | undefined): Sentinel => ({
  name: 'virtual-machine',
  watch(report) {
    const what = look();
    if (what) report({ reason: 'virtual-machine', what, lastedMs: 0 });
    return () => undefined;
  },
});
