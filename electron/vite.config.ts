import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type BuildEnvironmentOptions, defineConfig, type EnvironmentOptions, type Plugin } from 'vite';
import { keptPackages } from './packaging/kept-packages.ts';

const root = resolve(import.meta.dirname, '..');
/** The shell runs in Electron, the station on a Node of its own: two programs, packed apart. */
const [shell, station] = [join(root, 'dist/shell'), join(root, 'dist/station')];

/** Worker threads of the station: each is a program of its own and needs a file of its own. */
const workers: Readonly<Record<string, string>> = {
  'face-worker': join(root, 'native/face/engine/worker.ts'),
  'face-lane': join(root, 'native/face/engine/lane.ts'),
  'look-thread': join(root, 'authoring/course-folder/look-thread.ts'),
};

/** Not bundled: Electron is there, kept packages lie beside, and what drives demonstrations is no part of an installed kiosk. */
const outside = ['electron', 'playwright-core', ...keptPackages];

/** One program for Node: everything in one place except what cannot be. Readable, because its stack traces are read. */
function program(
  outDir: string,
  input: Readonly<Record<string, string>>,
  output: Readonly<Record<string, string>>,
): EnvironmentOptions {
  const build: BuildEnvironmentOptions = {
    ssr: true,
    outDir,
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    rolldownOptions: { input, external: [...outside], output },
  };
  return { consumer: 'server', resolve: { noExternal: true, external: [...outside] }, build };
}

/**
 * Points `new Worker(new URL('./x.ts', import.meta.url))` at the file that is built of x.ts. All output lies in one
 * folder: relative names hold from every chunk, and so does the way up to the root that the models are found by.
 * A worker that nobody starts, or that nothing is built for, fails the build instead of the installed kiosk.
 */
function nodeWorkers(): Plugin {
  const started = new Set<string>();
  return {
    name: 'node-workers',
    enforce: 'pre',
    transform(code, id) {
      return code.replace(/new Worker\(new URL\('(\.[^']+)', import\.meta\.url\)/g, (_, path: string) => {
        const name = Object.keys(workers).find((key) => workers[key] === resolve(dirname(id), path));
        if (!name) return this.error(`${id} starts ${path}, which is not built: add it to the workers here`);
        started.add(name);
        return `new Worker(new URL('./${name}.js', import.meta.url)`;
      });
    },
    buildEnd(error) {
      if (error || this.environment.name !== 'station') return;
      for (const name of Object.keys(workers)) if (!started.has(name)) this.error(`nothing starts the worker ${name}`);
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [nodeWorkers()],
  environments: {
    main: program(shell, { main: join(root, 'electron/main.ts') }, { format: 'es', entryFileNames: '[name].js' }),
    // A sandboxed preload is a classic script: Electron wraps it in a function and gives it a `require` that knows electron.
    preload: program(
      shell,
      { preload: join(root, 'electron/window/preload.ts') },
      { format: 'cjs', entryFileNames: '[name].cjs' },
    ),
    station: program(
      station,
      { station: join(root, 'station/run/kiosk-main.ts'), cli: join(root, 'cli/main.ts'), ...workers },
      { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'station-[name].js' },
    ),
  },
  builder: {
    async buildApp(builder) {
      for (const folder of [shell, station]) await rm(folder, { recursive: true, force: true });
      for (const name of ['main', 'preload', 'station']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
