import { PICTURE_MAX_PIXELS } from '../../contract/words/picture-size.ts';
/** A PDF that is shown page by page, drawn by the page itself: the browser's own viewer is a plug-in, and closed here. */
export type PagedDocument = {
  readonly pages: number;
  /** Draws a page as large as the canvas is on the screen. @returns its text, for whoever cannot see it */
  draw(page: number, canvas: HTMLCanvasElement): Promise<string>;
  close(): Promise<void>;
};

/** The reader is large, and read only where a document is. */
export async function openDocument(address: string): Promise<PagedDocument> {
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/legacy/build/pdf.worker.min.mjs', import.meta.url).href;
  const opening = getDocument({ url: address, enableXfa: false, useWasm: false, maxImageSize: PICTURE_MAX_PIXELS });
  const document = await opening.promise;
  return {
    pages: document.numPages,
    async draw(number, canvas) {
      const page = await document.getPage(number);
      const wide = canvas.clientWidth * devicePixelRatio;
      const viewport = page.getViewport({ scale: wide / page.getViewport({ scale: 1 }).width });
      canvas.width = Math.round(viewport.width);
      canvas.height = Math.round(viewport.height);
      await page.render({ canvas, viewport }).promise;
      const { items } = await page.getTextContent();
      return items.map((item) => ('str' in item ? item.str : '')).join(' ');
    },
    close: () => opening.destroy(),
  };
}
