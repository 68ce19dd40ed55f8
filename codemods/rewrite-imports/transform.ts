/**
 * Moves imports from deprecated modules to the canonical one. Forms: named, default, namespace, type-only (whole and per
 * name), side-effect imports, `export { } from`, `export *`, `import()` (awaited, destructured, `.then`), `require`
 * (destructured, member, in a variable), `import x = require()`, import types, JSDoc, augmentations, mocks.
 *
 *     jscodeshift -t transform.ts --parser=ts --extensions=ts,tsx,js --manifest=reroute.config.ts src
 */
import { plainTransform } from '../lib/plain-transform.ts';
import { rewriteImports } from './rewrite-imports.ts';

export default plainTransform(rewriteImports, (kind) => kind !== 'member');
