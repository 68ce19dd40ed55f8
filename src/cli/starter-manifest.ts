import { quoted } from '../base/quoted.ts';
import type { Duplicate } from './find-duplicates.ts';

/** How many duplicates are written out; the rest are a comment. */
const WRITTEN = 1;
const MENTIONED = 20;

/** The text of a starter manifest. It loads as it is; what a person has to decide is marked DECIDE. */
export function starterManifest(folder: string, duplicates: readonly Duplicate[]): string {
  const proposed = duplicates.slice(0, WRITTEN);
  const others = duplicates.slice(WRITTEN, WRITTEN + MENTIONED);
  const name = folder.replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '') || 'migration';
  return `import { defineMigration } from 'reroute';

// A starter, made by \`reroute init\` with a quick text search. Correct it, then run \`reroute plan\`: from then on the
// type checker says what is what.
export default defineMigration({
  name: ${quoted(name)}, // DECIDE: what this migration is called, such as 'message-router'
  canonical: {
${proposed.length > 0 ? proposed.map(entry).join('\n') : EXAMPLE}
  },
${others.length > 0 ? `  // Also declared in several files:\n${others.map(mention).join('\n')}\n` : ''}  // Left out, so the usual ones stand in: phases consolidate, production, integration-tests, unit-tests.
  gates: ['types'], // DECIDE: add the target's tests, such as 'npm test'
});
`;
}

function entry({ name, files }: Duplicate): string {
  const [first, ...rest] = files;
  return `    // DECIDE: which module stays? The others become proxies of it.
    ${quoted(first!)}: {
      ${name}: {
        replaces: [
${rest.map((file) => `          ${quoted(`${file}#${name}`)},`).join('\n')}
        ],
        members: {
          // DECIDE: members that are called otherwise in the module that stays, such as
          // register_handler: 'addHandler',
          // 'register_handler(type, handler)': 'addHandler(handlerFor(type, handler))',
        },
      },
    },`;
}

const EXAMPLE = `    // DECIDE: what stays, what it replaces, and how old members are said now. For example:
    // 'src/router/message-router.ts': {
    //   MessageRouter: {
    //     replaces: ['src/core/message_router.ts#MessageRouter'],
    //     members: { register_handler: 'addHandler' },
    //   },
    // },`;

function mention({ name, files }: Duplicate): string {
  return `  //   ${name}: ${files.map((file) => file.replace(/[\r\n\u2028\u2029]/g, '?')).join(', ')}`;
}
