import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type BuildEnvironmentOptions, defineConfig, type EnvironmentOptions, type Plugin } from 'vite';

const root = resolve(import.meta.dirname, '..');
const out = join(root, 'dist/electron');

/** They bring machine code and look for it beside themselves, so they stay packages; the packager unpacks them. */
const native = ['@node-rs/argon2', 'better-sqlite3', 'onnxruntime-node', 'serialport', 'sharp'];

/** Worker threads of the station: each is a program of its own and needs a file of its own. */
const workers: Readonly<Record<string, string>> = {
  'face-worker': join(root, 'native/face/engine/worker.ts'),
  'face-lane': join(root, 'native/face/engine/lane.ts'),
};

/** One program for Node: everything in one place except what cannot be. Readable, because its stack traces are read. */
function program(
  input: Readonly<Record<string, string>>,
  output: Readonly<Record<string, string>>,
): EnvironmentOptions {
  const build: BuildEnvironmentOptions = {
    ssr: true,
    outDir: out,
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    rolldownOptions: { input, external: ['electron', ...native], output },
  };
  return { consumer: 'server', resolve: { noExternal: true, external: ['electron', ...native] }, build };
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
    main: program({ main: join(root, 'electron/main.ts') }, { format: 'es', entryFileNames: '[name].js' }),
    // A sandboxed preload is a classic script: Electron wraps it in a function and gives it a `require` that knows electron.
    preload: program({ preload: join(root, 'electron/preload.ts') }, { format: 'cjs', entryFileNames: '[name].cjs' }),
    station: program(
      { station: join(root, 'station/kiosk-main.ts'), ...workers },
      { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'station-[name].js' },
    ),
  },
  builder: {
    async buildApp(builder) {
      await rm(out, { recursive: true, force: true });
      for (const name of ['main', 'preload', 'station']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
