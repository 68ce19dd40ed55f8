import { toPosix } from '../base/paths.ts';
import type { ExportSurface, MemberSurface, ParameterSurface, SignatureSurface, Surface } from './surface.ts';
import { type TS, ts } from './ts-morph.ts';

const { SymbolFlags, SyntaxKind } = ts;

const TYPE_FORMAT = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.WriteClassExpressionAsTypeLiteral;
const NODE_FORMAT = ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.IgnoreErrors;

const VALUE = SymbolFlags.Class | SymbolFlags.Function | SymbolFlags.Variable | SymbolFlags.Property;

/** The surface of a module: its exports by name, re-exports followed. Empty when the file is no module. */
export function readModule(checker: TS.TypeChecker, file: TS.SourceFile): Surface {
  const exports = new Map<string, ExportSurface>();
  for (const [name, symbol] of exportsOf(checker, file)) {
    const read = readExport(checker, file, name, symbol);
    if (read) exports.set(name, read);
  }
  return { file: toPosix(file.fileName), exports };
}

function exportsOf(checker: TS.TypeChecker, file: TS.SourceFile): ReadonlyMap<string, TS.Symbol> {
  // A CommonJS JavaScript file has a symbol that the checker does not give for the file's node.
  const module = checker.getSymbolAtLocation(file) ?? (file as { symbol?: TS.Symbol }).symbol;
  if (!module) return new Map();
  const found = new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]));
  const whole = module.exports?.get(ts.InternalSymbolName.ExportEquals);
  if (!whole) return found;
  found.delete('prototype');
  const value = aliased(checker, whole);
  const type = checker.getTypeOfSymbol(value);
  const isBag =
    type.getConstructSignatures().length + type.getCallSignatures().length === 0 &&
    (type.symbol?.flags ?? 0) & SymbolFlags.ObjectLiteral;
  if (!isBag) return found.set('default', whole);
  for (const property of checker.getPropertiesOfType(type)) {
    if (!found.has(property.name)) found.set(property.name, property);
  }
  return found;
}

/** The symbol that a value stands for: imports, re-exports and `{ A }`, `{ A: B }`, `exports.A = A` followed. */
function aliased(checker: TS.TypeChecker, symbol: TS.Symbol): TS.Symbol {
  if (symbol.flags & SymbolFlags.Alias) return checker.getAliasedSymbol(symbol);
  const declaration = symbol.valueDeclaration;
  let value: TS.Node | undefined;
  if (declaration && ts.isShorthandPropertyAssignment(declaration)) {
    const target = checker.getShorthandAssignmentValueSymbol(declaration);
    return target ? aliased(checker, target) : symbol;
  }
  if (declaration && ts.isPropertyAssignment(declaration)) value = declaration.initializer;
  else if (declaration?.parent && ts.isBinaryExpression(declaration.parent)) value = declaration.parent.right;
  else if (declaration && ts.isBinaryExpression(declaration)) value = declaration.right;
  if (!value || !ts.isIdentifier(value)) return symbol;
  const target = checker.getSymbolAtLocation(value);
  return target && target !== symbol ? aliased(checker, target) : symbol;
}

function readExport(
  checker: TS.TypeChecker,
  file: TS.SourceFile,
  name: string,
  exported: TS.Symbol,
): ExportSurface | undefined {
  const symbol = aliased(checker, exported);
  const declarations = symbol.declarations ?? [];
  const declaration = symbol.valueDeclaration ?? declarations[0];
  if (!declaration) return undefined;
  const isValue = (symbol.flags & VALUE) !== 0;
  const type = isValue ? checker.getTypeOfSymbol(symbol) : checker.getDeclaredTypeOfSymbol(symbol);
  const construct = isValue ? type.getConstructSignatures() : [];
  const call = isValue ? type.getCallSignatures() : [];
  const kind = kindOf(symbol, construct.length > 0, call.length > 0);
  const instance =
    kind === 'class'
      ? symbol.flags & SymbolFlags.Class && !(symbol.flags & SymbolFlags.Function)
        ? checker.getDeclaredTypeOfSymbol(symbol)
        : construct[0]?.getReturnType()
      : kind === 'interface'
        ? type
        : undefined;
  return {
    name,
    kind,
    typeParameters: typeParametersOf(declarations),
    signatures: (kind === 'class' ? construct : call).map((one) => readSignature(checker, one, declaration)),
    members: instance ? readMembers(checker, instance, declaration) : [],
    statics: kind === 'class' ? readMembers(checker, type, declaration) : [],
    privates: kind === 'class' ? [instance, type].flatMap((each) => (each ? privatesOf(checker, each) : [])) : [],
    abstract: declarations.some(
      (one) => (ts.getCombinedModifierFlags(one as TS.Declaration) & ts.ModifierFlags.Abstract) !== 0,
    ),
    type: kind === 'constant' ? checker.typeToString(type, declaration, TYPE_FORMAT) : '',
    jsDoc: jsDocOf(declaration) || declarations.map(jsDocOf).find((text) => text !== '') || '',
    declaredIn: toPosix((declaration.getSourceFile() ?? file).fileName),
  };
}

function kindOf(symbol: TS.Symbol, constructs: boolean, calls: boolean): ExportSurface['kind'] {
  const { flags } = symbol;
  if (flags & SymbolFlags.Class || constructs) return 'class';
  if (flags & SymbolFlags.Function || calls) return 'function';
  if (flags & SymbolFlags.Enum) return 'enum';
  if (flags & VALUE) return 'constant';
  if (flags & SymbolFlags.Interface) return 'interface';
  if (flags & SymbolFlags.TypeAlias) return 'type';
  return flags & SymbolFlags.Module ? 'namespace' : 'constant';
}

function typeParametersOf(declarations: readonly TS.Node[]): string {
  for (const declaration of declarations) {
    const parameters = (declaration as { typeParameters?: TS.NodeArray<TS.TypeParameterDeclaration> }).typeParameters;
    if (parameters?.length) return `<${parameters.map((one) => one.getText()).join(', ')}>`;
  }
  return '';
}

/** Private members are no part of a surface, nor are those that every function has. */
function readMembers(checker: TS.TypeChecker, type: TS.Type, at: TS.Node): readonly MemberSurface[] {
  const members: MemberSurface[] = [];
  // Seen from the type's own `this`, a method that returns `this` says so; seen from the type it names the class.
  const self = (type as { thisType?: TS.Type }).thisType ?? type;
  for (const symbol of checker.getPropertiesOfType(self)) {
    if (symbol.flags & SymbolFlags.Prototype || String(symbol.escapedName).startsWith('__#')) continue;
    if (isPrivate(symbol)) continue;
    const declaration = declarationOf(symbol);
    const modifiers = declaration ? ts.getCombinedModifierFlags(declaration) : ts.ModifierFlags.None;
    members.push(readMember(checker, symbol, modifiers, declaration, at));
  }
  return members;
}

function privatesOf(checker: TS.TypeChecker, type: TS.Type): readonly string[] {
  const own = checker.getPropertiesOfType(type).filter((symbol) => !String(symbol.escapedName).startsWith('__#'));
  return own.filter(isPrivate).map(({ name }) => name);
}

function isPrivate(symbol: TS.Symbol): boolean {
  const declaration = declarationOf(symbol);
  if (!declaration) return false;
  const isMarked = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private) !== 0;
  return isMarked || ts.getJSDocPrivateTag(declaration) !== undefined;
}

function declarationOf(symbol: TS.Symbol): TS.Declaration | undefined {
  return symbol.valueDeclaration ?? symbol.declarations?.[0];
}

function readMember(
  checker: TS.TypeChecker,
  symbol: TS.Symbol,
  modifiers: TS.ModifierFlags,
  declaration: TS.Declaration | undefined,
  at: TS.Node,
): MemberSurface {
  const optional = (symbol.flags & SymbolFlags.Optional) !== 0;
  const declared = checker.getTypeOfSymbolAtLocation(symbol, at);
  const type = optional ? checker.getNonNullableType(declared) : declared;
  const isMethod = (symbol.flags & SymbolFlags.Method) !== 0;
  const isAccessor = (symbol.flags & SymbolFlags.Accessor) !== 0;
  return {
    name: symbol.name.replace(/^__@(\w+)@\d+$/, '[Symbol.$1]'),
    kind: isMethod ? 'method' : isAccessor ? 'accessor' : 'property',
    signatures: type.getCallSignatures().map((one) => readSignature(checker, one, at)),
    type: isMethod ? '' : withoutUndefined(checker.typeToString(type, at, TYPE_FORMAT), optional),
    visibility:
      modifiers & ts.ModifierFlags.Protected || (declaration && ts.getJSDocProtectedTag(declaration))
        ? 'protected'
        : 'public',
    optional,
    readonly:
      (modifiers & ts.ModifierFlags.Readonly) !== 0 ||
      (isAccessor &&
        !(symbol.declarations ?? []).some((one) => ts.isSetAccessor(one) || ts.isPropertyDeclaration(one))),
    jsDoc: jsDocOf(declaration),
  };
}

const printer = ts.createPrinter({ removeComments: true, omitTrailingSemicolon: true });

function readSignature(checker: TS.TypeChecker, signature: TS.Signature, at: TS.Node): SignatureSurface {
  const node = checker.signatureToSignatureDeclaration(signature, SyntaxKind.CallSignature, at, NODE_FORMAT)!;
  const print = (one: TS.Node): string =>
    printer.printNode(ts.EmitHint.Unspecified, one, at.getSourceFile()).replace(/\s*\n\s*/g, ' ');
  const typeParameters = node.typeParameters?.length ? `<${node.typeParameters.map(print).join(', ')}>` : '';
  const [first] = node.parameters;
  const self = first && ts.isIdentifier(first.name) && first.name.text === 'this' ? first.type : undefined;
  const thisType = self && print(self);
  const parameters = node.parameters.slice(self ? 1 : 0).map((one, index) => readParameter(one, index, print));
  const returnType = node.type ? print(node.type) : 'any';
  const list = parameters.map((one) => `${one.rest ? '...' : ''}${one.name}${one.optional ? '?' : ''}: ${one.type}`);
  const text = `${typeParameters}(${[...(thisType ? [`this: ${thisType}`] : []), ...list].join(', ')}): ${returnType}`;
  return { text, typeParameters, ...(thisType && { thisType }), parameters, returnType };
}

function readParameter(
  node: TS.ParameterDeclaration,
  index: number,
  print: (node: TS.Node) => string,
): ParameterSurface {
  const optional = node.questionToken !== undefined;
  return {
    name: ts.isIdentifier(node.name) && !node.name.text.startsWith('__') ? node.name.text : `argument${index + 1}`,
    type: node.type ? withoutUndefined(print(node.type), optional) : 'any',
    optional,
    rest: node.dotDotDotToken !== undefined,
  };
}

function withoutUndefined(type: string, optional: boolean): string {
  return optional ? type.replace(/ \| undefined$/, '') : type;
}

function jsDocOf(node: TS.Node | undefined): string {
  for (let at = node; at && !ts.isSourceFile(at) && !ts.isClassLike(at.parent ?? at); at = at.parent) {
    const docs = (at as { jsDoc?: readonly TS.Node[] }).jsDoc;
    if (docs?.length) return docs.at(-1)!.getText();
    if (ts.isVariableStatement(at) || ts.isFunctionLike(at)) return '';
  }
  return node ? ((node as { jsDoc?: readonly TS.Node[] }).jsDoc?.at(-1)?.getText() ?? '') : '';
}
