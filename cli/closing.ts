/**
 * Uses a resource and closes it afterwards, whatever happened. (The language's own `using` says this too, but the
 * checker of the import rules cannot read it yet.)
 */
export async function closing<R extends Disposable | AsyncDisposable, T>(
  resource: R,
  use: (resource: R) => T | Promise<T>,
): Promise<T> {
  try {
    return await use(resource);
  } finally {
    if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
    else resource[Symbol.dispose]();
  }
}
