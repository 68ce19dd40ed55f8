/** A specifier without and with its query: `./worker.ts` and `?worker` of `./worker.ts?worker`. The query may be empty. */
export function splitQuery(specifier: string): { readonly path: string; readonly query: string } {
  const at = specifier.indexOf('?');
  return at < 0 ? { path: specifier, query: '' } : { path: specifier.slice(0, at), query: specifier.slice(at) };
}
