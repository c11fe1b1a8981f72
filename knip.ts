import type { KnipConfig } from 'knip';

/** What nothing uses: files, exports, dependencies. `npm run lint` and `npm test` run it. */
export default {
  // A type may be named for whoever reads a signature; a value that only its own file uses need not be exported.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Programs of the system, such as Xvfb and dpkg: whoever runs them says so where they are missing.
  exclude: ['binaries'],
  workspaces: {
    '.': {
      entry: [
        // The shell and its preload are built from here (electron/vite.config.ts); the station's programs are started.
        'electron/main.ts',
        'electron/window/preload.ts',
        'station/run/{main,kiosk-main}.ts',
        'native/card/emulator/main.ts',
        // Started as processes of their own, by path.
        'tests/torture/lockdown-child.ts',
        'tests/key-change-child.ts',
        'tests/killed-job-child.ts',
        'tests/kit/loaded-hook.ts',
        'bench/{records-child,counted-canonicalize,canonical-count}.ts',
        // A reporter of vitest, named by scripts/test.ts.
        'scripts/named-tests.ts',
        // Run by hand.
        'tests/before/make.ts',
        // Run in a page that draws the seed course's film.
        'scripts/seed-course/render-film.ts',
      ],
      vite: [
        'renderer/vite.config.ts',
        'renderer/gallery/vite.config.ts',
        'renderer/home/vite.config.ts',
        'renderer/platform/vite.config.ts',
        'renderer/player/vite.config.ts',
        'electron/vite.config.ts',
      ],
      ignoreDependencies: [
        // Read as text, and run in the page that is looked at.
        'axe-core',
        // Named by a style sheet (renderer/design/styles/formula-letters.css).
        '@fontsource/noto-sans-math',
      ],
    },
    center: {
      entry: ['main.ts'],
      ignoreDependencies: [
        // Of the catalogue in messages/, which a center that is installed by itself runs too.
        'intl-messageformat',
        // Its files are read by the paper of certificates.
        '@fontsource-variable/noto-sans-sc',
      ],
    },
    // Started by path, with what `npm run bench` installs for them.
    'bench/peers': { entry: ['*-child.ts'], ignoreDependencies: [/^@tensorflow\//, '@vladmandic/human'] },
  },
} satisfies KnipConfig;
