import { type UnzipFileInfo, unzip } from 'fflate';
import { useState } from 'react';
import { workerEndpoints } from '../../contract/platform/workers.ts';
import { type ReasonCode, Refusal } from '../../contract/words/reasons.ts';
import { explainPhoto } from '../../messages/photos.ts';
import { usePlatform } from './context.tsx';
import { FileField } from './file-field.tsx';
import { base64Of } from './files.ts';
import type { Firm } from './use-firm.ts';

type Told = { readonly file: string; readonly reasons: readonly ReasonCode[] };
type Progress = { readonly done: number; readonly of: number; readonly taken: number; readonly told: readonly Told[] };

const isPhoto = (name: string): boolean => /\.jpe?g$/i.test(name) && !name.startsWith('__MACOSX');
/** Of photos as phones take them; what would unpack to more is none. */
const MOST_BYTES = 20_000_000;

const unpacked = async (file: File): Promise<readonly File[]> => {
  if (!/\.zip$/i.test(file.name)) return [file];
  const bytes = new Uint8Array(await file.arrayBuffer());
  const filter = ({ name, originalSize }: UnzipFileInfo) => isPhoto(name) && originalSize <= MOST_BYTES;
  const files = await new Promise<Record<string, Uint8Array>>((resolve, reject) =>
    unzip(bytes, { filter }, (error, all) => (error ? reject(error) : resolve(all))),
  );
  return Object.entries(files).map(([name, data]) => new File([data as Uint8Array<ArrayBuffer>], name));
};

/** Photos as one zip or as many files, each named by the number of whoever is on it: sent one after the other, with a word on each. */
export function PhotosUpload({ firm }: { readonly firm: Firm }) {
  const { t, ask, locale } = usePlatform();
  const [progress, setProgress] = useState<Progress>();
  const [broken, setBroken] = useState(false);
  const busy = progress !== undefined && progress.done < progress.of;
  const send = async (chosen: readonly File[]) => {
    setBroken(false);
    const files = await Promise.all(chosen.map(unpacked)).catch(() => undefined);
    if (!files) return setBroken(true);
    const photos = files.flat().filter(({ name }) => isPhoto(name));
    let state: Progress = { done: 0, of: photos.length, taken: 0, told: [] };
    setProgress(state);
    for (const photo of photos) {
      const reasons = await one(photo).catch((error: unknown) => [
        error instanceof Refusal ? error.reason : ('internal' as const),
      ]);
      const told = reasons.length > 0 ? [...state.told, { file: photo.name, reasons }] : state.told;
      state = { ...state, done: state.done + 1, taken: state.taken + (reasons.length > 0 ? 0 : 1), told };
      setProgress(state);
    }
  };
  const one = async (photo: File): Promise<readonly ReasonCode[]> => {
    const body = { file: photo.name.slice(-300), photo: await base64Of(photo) };
    const verdict = await ask(workerEndpoints.addNamedPhoto, { params: { firm: firm.id }, body });
    return verdict.taken ? [] : verdict.reasons;
  };
  return (
    <section className="part" aria-labelledby="photos">
      <h2 id="photos">{t('photos.title')}</h2>
      <p className="muted">{t('photos.means')}</p>
      <div className="fields">
        <FileField
          name="photos"
          label={t('photos.file')}
          hint={t('photos.file-hint')}
          accept=".zip,.jpg,.jpeg"
          many
          disabled={busy}
          onFiles={send}
        />
      </div>
      <div role="status">
        {progress && (
          <p data-photos={busy ? 'sending' : 'done'}>
            {t('photos.progress', { done: progress.done, of: progress.of, taken: progress.taken })}
          </p>
        )}
        {broken && <p>{t('photos.broken')}</p>}
      </div>
      {progress && progress.told.length > 0 && (
        <ul className="rows">
          {progress.told.map(({ file, reasons }) => (
            <li key={file} data-refused={file}>
              <span>{file}</span>
              <span className="badge bad">{reasons.map((reason) => explainPhoto(reason, locale)).join('、')}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
