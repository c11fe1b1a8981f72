import { useSyncExternalStore } from 'react';

/**
 * Where somebody is, behind the `#`: a page, what of it, and how its lists are filtered. So the browser's own way back works, a
 * reload stays there, and a filtered list can be sent to somebody.
 */
export type Route = {
  readonly page: string;
  /** Of what; empty where the page is a list. */
  readonly id: string;
  readonly filters: URLSearchParams;
};

export const addressFor = (page: string, id = '', filters: Readonly<Record<string, string>> = {}): string => {
  const search = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''));
  return `#/${page}${id ? `/${encodeURIComponent(id)}` : ''}${search.size > 0 ? `?${search}` : ''}`;
};

export function routeOf(fragment: string): Route {
  const back = cityReturnOf(fragment);
  if (back) return { page: back.kind === 'factor' ? 'start' : 'me', id: '', filters: new URLSearchParams() };
  const [path = '', search = ''] = fragment.replace(/^#\/?/, '').split('?');
  const [page = '', id = ''] = path.split('/');
  return { page: page || 'start', id: decoded(id), filters: new URLSearchParams(search) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** How somebody comes back from the city's own log-in: with a ticket for a second factor, linked, or refused. */
export type CityReturn =
  | { readonly kind: 'factor'; readonly ticket: string; readonly factors: readonly string[] }
  | { readonly kind: 'linked' }
  | { readonly kind: 'refused'; readonly reason: string };

export function cityReturnOf(fragment: string): CityReturn | undefined {
  const search = new URLSearchParams(fragment.replace(/^#/, ''));
  const [ticket, reason] = [search.get('factor'), search.get('refused')];
  if (ticket) return { kind: 'factor', ticket, factors: (search.get('factors') ?? '').split(',') };
  if (reason) return { kind: 'refused', reason };
  return search.has('linked') ? { kind: 'linked' } : undefined;
}

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
};

export const useFragment = (): string => useSyncExternalStore(subscribe, () => location.hash);
export const useRoute = (): Route => routeOf(useFragment());

export const go = (to: string): void => {
  location.hash = to;
};
/** Another filter of the same list is no other place to go back to. */
export const goInstead = (to: string): void => location.replace(to);
