/**
 * Switches burnt into Electron's binary by the packager, by the names of `@electron/fuses` (`FuseV1Options`). They hold
 * against somebody who can start the program with flags and variables of their own, but cannot replace it.
 */
export const fuses = {
  /** ELECTRON_RUN_AS_NODE would turn the kiosk into a Node prompt. The station runs on a Node of its own. */
  RunAsNode: false,
  /** Nothing of ours needs cookies; whatever Chromium stores is not readable on the disk. */
  EnableCookieEncryption: true,
  /** NODE_OPTIONS could preload code into the main process. */
  EnableNodeOptionsEnvironmentVariable: false,
  /** --inspect would attach a debugger to it. Playwright drives Electron that way: end-to-end tests need an unfused binary. */
  EnableNodeCliInspectArguments: false,
  /** Checks app.asar against the hash in the binary. Windows and macOS only; Linux needs a read-only file system. */
  EnableEmbeddedAsarIntegrityValidation: true,
  /** Without it, a folder named `app` beside app.asar would be run instead. */
  OnlyLoadAppFromAsar: true,
  /** We serve the page from a scheme of our own and never from file:. */
  GrantFileProtocolExtraPrivileges: false,
} as const satisfies Readonly<Record<string, boolean>>;
