import { expect, it } from 'vitest';
import { z } from 'zod';
import lock from '../package-lock.json' with { type: 'json' };

const Packages = z.record(z.string(), z.object({ link: z.boolean().optional(), integrity: z.string().optional() }));

it('npm knows of every package which bytes are meant', () => {
  const packages = Object.entries(Packages.parse(lock.packages));
  const installed = packages.filter(([path, { link }]) => path.includes('node_modules/') && !link);
  expect(installed.length).toBeGreaterThan(500);
  const unknown = installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
  expect(unknown.map(([path]) => path)).toEqual([]);
});
