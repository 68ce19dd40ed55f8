import { type ProxyOrigin, proxyMark, proxyOrigin, sealProxy, UNTOUCHED } from './proxy-header.ts';

/** The text of a deprecated module as it is kept beside its proxy: as it was, below a header. */
export function legacyText(module: string, original: string, origin: ProxyOrigin, command: string): string {
  const eol = original.includes('\r\n') ? '\r\n' : '\n';
  const header = [
    proxyMark(origin),
    ` * Make it again: ${command}`,
    ' *',
    ` * What ${module} was before. Its proxy hands it out when REROUTE_FALLBACK=${fallbackName(module)} is set.`,
    ' */',
    UNTOUCHED,
  ].join('\n');
  return sealProxy(header + original.replaceAll('\r\n', '\n')).replaceAll('\n', eol);
}

/** What {@link legacyText} was made from; `undefined` for any other text. */
export function originalIn(legacy: string): string | undefined {
  const [mark] = UNTOUCHED.split('\n').slice(-2);
  if (!proxyOrigin(legacy)) return undefined;
  const text = legacy.replace(/^\uFEFF/, '');
  const end = text.indexOf(mark!);
  return end < 0 ? undefined : text.slice(text.indexOf('\n', end) + 1);
}

/** How `REROUTE_FALLBACK` names a module. */
export function fallbackName(module: string): string {
  return module.replace(/^src\//, '').replace(/\.[cm]?[jt]sx?$/, '');
}
