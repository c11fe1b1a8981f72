import type { z } from 'zod';
import type { Role } from './roles.ts';

/**
 * One thing the platform is asked for. Server, page and description (OpenAPI) all come from this: there is no other list.
 * Paths name their parameters as `:id`; each of them stands in `params`.
 */
export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/v1/platform/${string}`;
  /** Whom it is for. Where in the tree they may, the use case decides: a role reaches what is below its organisation. */
  readonly who: Audience;
  /** In English, for whoever writes a program against it. */
  readonly says: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly reply: Reply;
};

/** `anyone`: without a log-in. `logged-in`: whatever role. Otherwise whoever has one of these roles anywhere. */
export type Audience = 'anyone' | 'logged-in' | readonly [Role, ...Role[]];

/** Keeps the exact types of what it is given. */
export const endpoint = <
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Reply extends z.ZodType = z.ZodUndefined,
>(
  one: Endpoint<Params, Query, Body, Reply>,
): Endpoint<Params, Query, Body, Reply> => one;

/** What an endpoint is asked with; what it has none of is left out. */
export type Asked<E> =
  E extends Endpoint<infer Params, infer Query, infer Body, z.ZodType>
    ? Part<'params', z.input<Params>> & Part<'query', z.input<Query>> & Part<'body', z.input<Body>>
    : never;
type Part<Name extends string, T> = undefined extends T ? unknown : { readonly [name in Name]: T };

export type Answered<E> = E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer Reply> ? z.output<Reply> : never;
