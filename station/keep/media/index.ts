/** Films, documents and pictures of courses. */
export { hashOfFile, type MediaStore, openMediaStore } from './media-store.ts';
