import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { mediaAnswer, spanOf } from '../contract/page/media.ts';
import { packagePath } from '../contract/page/package-address.ts';
import { contentTypeOf, packageHeaders } from '../contract/page/package-headers.ts';
import type { Sha256 } from '../contract/words/ids.ts';
import { cutOut } from './cut-out.ts';
import { type OpenPackage, openPackage } from './open-package.ts';

export type PackageAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Readable;
};

/** Answers what is asked on the origins of packages, whoever serves them. */
export type PackageHost = {
  /** @param path as it was sent, without a query */
  answer(path: string, range: string | null | undefined): Promise<PackageAnswer>;
  close(): void;
};

export type PackageHostOptions = {
  /** Folder of the built page, which has the player in a folder of its own. */
  readonly page: string;
  /** Folder of what courses show, each file called by its hash. */
  readonly media: string;
  /** Origins of the station's page. */
  readonly station: readonly string[];
  /** Is told why a file is no package, or what of it cannot be read. */
  readonly onTrouble: (what: { readonly hash: Sha256; readonly error: string }) => void;
};

export function openPackageHost({ page, media, station, onTrouble }: PackageHostOptions): PackageHost {
  const shelf = openShelf(media);
  const missing: PackageAnswer = { status: 404, headers: packageHeaders('player', station) };

  const player = async (file: string): Promise<PackageAnswer> => {
    const path = join(page, 'player', file);
    const size = await stat(path).then(
      (found) => (found.isFile() ? found.size : undefined),
      () => undefined,
    );
    if (size === undefined) return missing;
    const headers = { 'content-type': contentTypeOf(file), 'content-length': String(size) };
    const body = createReadStream(path);
    return { status: 200, headers: { ...packageHeaders('player', station), ...headers }, body };
  };
  const content = async (hash: Sha256, file: string, range: string | null | undefined): Promise<PackageAnswer> => {
    const open = await shelf.take(hash);
    const size = open?.files.get(file);
    if (!open || size === undefined) return missing;
    const span = spanOf(range, size);
    const { status, headers } = mediaAnswer(span, size, contentTypeOf(file));
    const answer = { status, headers: { ...headers, ...packageHeaders('content', station) } };
    if (span === 'unsatisfiable' || size === 0) return answer;
    const bytes = await open.read(file);
    if (!bytes) return missing;
    bytes.on('error', (error) => onTrouble({ hash, error: String(error) }));
    return { ...answer, body: span === 'whole' ? bytes : cutOut(bytes, span) };
  };
  return {
    async answer(path, range) {
      const asked = packagePath(path);
      if (!asked) return missing;
      if (asked.kind === 'player') return player(asked.file);
      return content(asked.hash, asked.file, range).catch((error: unknown) => {
        onTrouble({ hash: asked.hash, error: String(error) });
        return missing;
      });
    },
    close: shelf.close,
  };
}

/** One package is open at a time: there is one seat. */
function openShelf(media: string) {
  let last: { readonly hash: Sha256; readonly open: Promise<OpenPackage> } | undefined;
  const close = (): void => {
    void last?.open.then(
      (open) => open.close(),
      () => undefined,
    );
    last = undefined;
  };
  return {
    close,
    /** Nothing where no such file is here. @throws PackageTrouble */
    async take(hash: Sha256): Promise<OpenPackage | undefined> {
      if (last?.hash !== hash) {
        close();
        last = { hash, open: openPackage(join(media, hash)) };
      }
      try {
        return await last.open;
      } catch (error) {
        // It may come yet.
        if (last?.hash === hash) last = undefined;
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}
