/** The code of a thread: from source a file beside this one; in a bundle, where all code lies in one folder, an entry of its own. */
export function threadUrl(name: 'measuring-thread' | 'judging-thread' | 'writing-thread'): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? `./${name}.ts` : `./${name}.js`, import.meta.url);
}
