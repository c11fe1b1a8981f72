/** Puts what the page has for paper on it: the kiosk's shell on the printer it was told, a plain browser by its own dialog. */
export type SlipPrinter = {
  /** Whether there is a printer here. */
  ready(): Promise<boolean>;
  /** @returns whether it was printed, as far as anybody knows */
  print(): Promise<boolean>;
};

export function slipPrinter(): SlipPrinter {
  const { examStation: shell } = window;
  if (!shell) {
    return {
      ready: async () => true,
      print: async () => {
        window.print();
        return true;
      },
    };
  }
  return {
    ready: async () => (await shell.printer()) === true,
    print: async () => (await shell.print()) === true,
  };
}
