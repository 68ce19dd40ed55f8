// The same migration with ts-morph: a rename of the method by the language service, then every import moved. Not saved.
import path from 'node:path';
import { Project } from 'ts-morph';

const root = process.argv[2];
const project = new Project({ tsConfigFilePath: path.join(root, 'tsconfig.json') });
const legacy = project.getSourceFileOrThrow(path.join(root, 'src/core/message-router.ts'));
const canonical = project.getSourceFileOrThrow(path.join(root, 'src/router/message-router.ts'));
legacy.getClassOrThrow('MessageRouter').getMethodOrThrow('register_handler').rename('addHandler');
let changed = 0;
for (const file of project.getSourceFiles()) {
  for (const declaration of file.getImportDeclarations()) {
    if (declaration.getModuleSpecifierSourceFile() !== legacy) continue;
    declaration.setModuleSpecifier(file.getRelativePathAsModuleSpecifierTo(canonical));
    changed++;
  }
}
console.log(`${changed} imports`);
