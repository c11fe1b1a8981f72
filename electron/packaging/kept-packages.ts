/**
 * Packages of the station that stay packages in the built program: they look beside themselves for machine code (`highs`:
 * for its WebAssembly). The packer takes each along with all it needs; everything else is bundled.
 */
export const keptPackages: readonly string[] = [
  '@node-rs/argon2',
  'better-sqlite3',
  'highs',
  'onnxruntime-node',
  'serialport',
  'sharp',
];
