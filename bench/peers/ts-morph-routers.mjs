// The same migration with ts-morph: every import of the legacy module is found, the method is renamed by the language
// service, the imports are moved. Not saved. The importers are collected first: asking for them after an edit makes
// ts-morph build its program anew each time.
import path from 'node:path';
import { Project } from 'ts-morph';

const root = process.argv[2];
const project = new Project({ tsConfigFilePath: path.join(root, 'tsconfig.json') });
const legacy = project.getSourceFileOrThrow(path.join(root, 'src/core/message-router.ts'));
const canonical = project.getSourceFileOrThrow(path.join(root, 'src/router/message-router.ts'));
const importers = project
  .getSourceFiles()
  .flatMap((file) => file.getImportDeclarations())
  .filter((declaration) => declaration.getModuleSpecifierSourceFile() === legacy);
legacy.getClassOrThrow('MessageRouter').getMethodOrThrow('register_handler').rename('addHandler');
for (const declaration of importers) {
  declaration.setModuleSpecifier(declaration.getSourceFile().getRelativePathAsModuleSpecifierTo(canonical));
}
console.log(`${importers.length} imports`);
