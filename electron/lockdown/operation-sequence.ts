/** One step of the lockdown, and the way back. `revert` is called only after `perform` succeeded, and once. */
export type Operation = {
  readonly name: string;
  perform(): void | Promise<void>;
  revert(): void | Promise<void>;
};

/** What was done. Reverting it twice does nothing the second time. */
export type Performed = { revert(): Promise<void> };

/**
 * Performs operations in order. Where one fails, those before it are reverted in reverse order, so that a machine is
 * either locked as planned or as it was found.
 * @throws the failed operation's error; an AggregateError where going back failed too
 */
export async function performAll(operations: readonly Operation[]): Promise<Performed> {
  const done: Operation[] = [];
  try {
    for (const operation of operations) {
      await operation.perform();
      done.push(operation);
    }
  } catch (error) {
    await revertAll(done).catch((alsoFailed) => {
      throw new AggregateError(
        [error, ...(alsoFailed as AggregateError).errors],
        'the lockdown failed, and so did going back',
      );
    });
    throw error;
  }
  return { revert: () => revertAll(done) };
}

/** Goes on after a failure: a setting that cannot be put back is no reason to leave the others. */
async function revertAll(done: Operation[]): Promise<void> {
  const errors: Error[] = [];
  for (let operation = done.pop(); operation; operation = done.pop()) {
    try {
      await operation.revert();
    } catch (cause) {
      errors.push(new Error(`could not revert: ${operation.name}`, { cause }));
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
}
