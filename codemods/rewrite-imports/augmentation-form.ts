import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { reason } from '../lib/reasons.ts';
import { wholeForm } from './doc-form.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Form, SpecifierSite } from './form.ts';
import { type Flow, takenAs, together } from './module-flow.ts';
import { flowForm } from './module-object.ts';

/**
 * `declare module '…' { interface X { … } }`, which adds to what the module declares: what is added follows the names that
 * it is added to. In a file without imports and exports it is the module's own declaration, which is for a person: beside
 * it the canonical module would not be read.
 */
export function augmentationForm(rewrite: FileRewrite, site: SpecifierSite, declaration: SyntaxNode): Form {
  const { index } = rewrite.file;
  const group = `module:${declaration.start}`;
  const isAmbient = !(index.program.body as readonly SyntaxNode[]).some(({ type }) => MODULE_STATEMENT.test(type));
  if (isAmbient) {
    const { usage, destinations } = site;
    const text = `declares '${usage.text}' itself: the canonical module has its own declarations`;
    const obstacle = reason('ambient-module', text);
    return { usage, destinations, entries: [], whole: true, obstacle, group, apply: () => {} };
  }
  if (site.destinations.isWhole) return wholeForm(rewrite, site, group);
  const body = declaration.body as SyntaxNode | undefined;
  const statements = (body?.body ?? []) as readonly SyntaxNode[];
  return flowForm(rewrite, site, together(statements.map((statement) => added(rewrite, body!, statement))), group);
}

const UNKNOWN = reason('form-not-supported', 'what it adds to the module is not known name by name');

const MODULE_STATEMENT =
  /^(?:Import|ExportNamed|ExportAll|ExportDefault)Declaration$|^TSImportEqualsDeclaration$|^TSExportAssignment$/;

/** The names that a statement of the block adds to, where they are declared and where the block speaks of them. */
function added({ file }: FileRewrite, body: SyntaxNode, statement: SyntaxNode): Flow {
  const declaration = (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement) as
    | SyntaxNode
    | undefined;
  const ids =
    declaration?.type === 'VariableDeclaration'
      ? (declaration.declarations as readonly SyntaxNode[]).map(({ id }) => id as SyntaxNode)
      : [declaration?.id as SyntaxNode | undefined];
  const flows = ids.map((id) => {
    if (id?.type !== 'Identifier') return { taken: [], obstacle: UNKNOWN };
    const name = id.name as string;
    const inside = file.index.references(name).filter((node) => body.start <= node.start && node.end <= body.end);
    return together([id, ...inside].map((word) => takenAs(word, word, name)));
  });
  return together(flows);
}
