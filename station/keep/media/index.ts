/** Films, documents and pictures of courses. */
export { type MediaStore, openMediaStore } from './media-store.ts';
