import { open, rename } from 'node:fs/promises';

/** Writes a file that only its owner may read, whole or not at all. */
export async function writeSecretFile(file: string, content: Uint8Array | string): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    // The mode above counts for new files only; a draft left by a crash keeps its own.
    await handle.chmod(0o600);
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
