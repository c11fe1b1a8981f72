import type { FastifyInstance } from 'fastify';

/** Routes as the program itself lists them, but for HEAD: `GET /v1/mail`. */
export function routesOf(app: FastifyInstance): readonly string[] {
  const path: string[] = [];
  const found: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', part = '', methods = ''] = line.match(/^([│ ]*)[├└]── (\S+) \(([^)]*)\)$/) ?? [];
    if (!part) continue;
    const depth = indent.length / 4;
    path.splice(depth, path.length, part);
    for (const method of methods.split(', ').filter((one) => one !== 'HEAD')) found.push(`${method} ${path.join('')}`);
  }
  return found;
}
