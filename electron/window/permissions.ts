import { isOwnUrl } from './origin.ts';

/** What a page asks for, as far as it decides. The names are Electron's. */
export type PermissionRequestDetails = {
  readonly isMainFrame: boolean;
  readonly requestingUrl: string;
  readonly securityOrigin?: string;
  readonly mediaTypes?: readonly ('video' | 'audio')[];
};

/** The camera, for our page, and nothing else for nobody: not even the camera where a microphone is asked for with it. */
export function mayRequest(permission: string, details: PermissionRequestDetails): boolean {
  const { isMainFrame, requestingUrl, securityOrigin = requestingUrl, mediaTypes = [] } = details;
  const own = isMainFrame && isOwnUrl(requestingUrl) && isOwnUrl(securityOrigin);
  return permission === 'media' && own && mediaTypes.length === 1 && mediaTypes[0] === 'video';
}

export type PermissionCheckDetails = {
  readonly embeddingOrigin?: string;
  readonly mediaType?: 'video' | 'audio' | 'unknown';
};

/**
 * The same for the questions Chromium asks itself without asking anybody. It asks once without naming the kind of medium
 * before it asks for the camera; to deny that denies the camera (seen in the field), and to allow it opens no microphone.
 */
export function mayCheck(
  permission: string,
  origin: string,
  { embeddingOrigin = origin, mediaType = 'video' }: PermissionCheckDetails,
): boolean {
  return permission === 'media' && isOwnUrl(origin) && isOwnUrl(embeddingOrigin) && mediaType === 'video';
}
