import { splitQuery } from '../../src/base/specifier-query.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { reason } from '../lib/reasons.ts';
import { augmentationForm } from './augmentation-form.ts';
import { calledForm, unsupported } from './called-form.ts';
import { wholeForm } from './doc-form.ts';
import { exportAllForm, exportForm } from './export-form.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Form, SpecifierSite } from './form.ts';
import { importForm } from './import-form.ts';
import { followBinding, followModule, passedOn } from './module-flow.ts';
import { flowForm } from './module-object.ts';
import { partedNamespace } from './parted-namespace.ts';
import { typeForm } from './type-form.ts';

/** The form that a specifier stands in, with the names that it brings in and what stands against moving them. */
export function readForm(rewrite: FileRewrite, site: SpecifierSite): Form {
  const { index } = rewrite.file;
  const { parent, key } = index.positionOf(site.literal);
  const group = `module:${site.literal.start}`;
  if (parent?.type === 'TSModuleDeclaration' && key === 'id') return augmentationForm(rewrite, site, parent);
  if (parent && site.destinations.isWhole) {
    return isModulePlace(rewrite, parent, key) ? wholeForm(rewrite, site, group) : notAModule(site, parent, key, group);
  }
  if (splitQuery(site.usage.text).query !== '') return unsupported(site, 'the file with a query', group);
  switch (parent?.type) {
    case 'ImportDeclaration':
      return importForm(rewrite, site, rewrite.editor.statements.find(({ node }) => node === parent)!);
    case 'ExportNamedDeclaration':
      return exportForm(rewrite, site, parent);
    case 'ExportAllDeclaration':
      return exportAllForm(rewrite, site, parent);
    case 'TSExternalModuleReference': {
      const declaration = index.parent(parent)!;
      if (declaration.isExport === true)
        return flowForm(
          rewrite,
          site,
          passedOn('the module is exported as an object, so what is taken from it is not known'),
          group,
        );
      return importEqualsForm(rewrite, site, declaration, group);
    }
    case 'TSImportType':
      return typeForm(rewrite, site, parent, group);
    case 'TSLiteralType': {
      const type = index.parent(parent);
      if (type?.type === 'TSImportType') return typeForm(rewrite, site, type, group);
      break;
    }
    case 'CallExpression':
      if ((parent.arguments as readonly SyntaxNode[])[0] === site.literal) return calledForm(rewrite, site, parent);
      break;
  }
  return parent && isModulePlace(rewrite, parent, key)
    ? unsupported(site, formOf(parent), group)
    : notAModule(site, parent, key, group);
}

/** `import x = require('…')`: as one, or as several when what is taken from it goes to several modules, or stays in part. */
function importEqualsForm(rewrite: FileRewrite, site: SpecifierSite, declaration: SyntaxNode, group: string): Form {
  const binding = declaration.id as SyntaxNode;
  const flow = followBinding({ rewrite, site }, binding, rewrite.file.index.program, followModule);
  const whole = flowForm(rewrite, site, flow, group);
  const isSplit = /^(?:names-stay|several-modules)$/.test(whole.obstacle?.code ?? '');
  const own = { statement: declaration, binding };
  return (isSplit ? partedNamespace(rewrite, site, own, flow.taken, group) : undefined) ?? whole;
}

function notAModule(
  { usage, destinations }: SpecifierSite,
  parent: SyntaxNode | undefined,
  key: string,
  group: string,
): Form {
  const isWorker = parent?.type === 'NewExpression' && /Worker$/.test(String((parent.callee as SyntaxNode).name));
  const text = isWorker
    ? 'a worker’s path counts from the working folder or the page, not from this file'
    : parent?.type === 'ObjectProperty' && key === 'key'
      ? 'stands in for the module in another file, and has to read as that file writes it'
      : 'a text that reads like the module’s path; what it is used for is not known';
  const obstacle = reason('form-not-supported', text);
  return { usage, destinations, entries: [], whole: true, obstacle, group, apply: () => {} };
}

const DECLARATIONS =
  /^(?:Import|ExportNamed|ExportAll)Declaration$|^TSExternalModuleReference$|^TSModuleDeclaration$|^TSImportType$|^ImportExpression$/;

/** Whether a string in this place names a module, whatever is done with it. */
function isModulePlace({ file }: FileRewrite, parent: SyntaxNode, key: string): boolean {
  if (DECLARATIONS.test(parent.type))
    return key === 'source' || key === 'expression' || key === 'id' || key === 'argument';
  if (parent.type === 'TSLiteralType') return file.index.parent(parent)?.type === 'TSImportType';
  if (parent.type === 'NewExpression')
    return key === 'arguments' && isUrlOfModule(file.text.slice(parent.start, parent.end));
  if (parent.type !== 'CallExpression' || key !== 'arguments') return false;
  const callee = parent.callee as SyntaxNode;
  return callee.type === 'Import' || /import|require|mock|resolve/i.test(file.text.slice(callee.start, callee.end));
}

function isUrlOfModule(source: string): boolean {
  return /^new\s+URL\b/.test(source) && source.includes('import.meta.url');
}

function formOf(parent: SyntaxNode): string {
  return parent.type === 'NewExpression' ? 'a URL of the module' : 'a call that names the module';
}
