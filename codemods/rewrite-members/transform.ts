/**
 * Says deprecated members in canonical terms. Forms: calls through a mapping with parameters; for a plain rename also
 * property access, `['name']`, destructuring, object keys, overrides and `super.name`.
 *
 *     jscodeshift -t transform.ts --parser=ts --extensions=ts,tsx,js --manifest=reroute.config.ts src
 */
import { plainTransform } from '../lib/plain-transform.ts';
import { rewriteMembers } from './rewrite-members.ts';

export default plainTransform(rewriteMembers, (kind) => kind === 'member');
