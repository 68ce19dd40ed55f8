// A module moved with all its importers. Not saved.
import path from 'node:path';
import { Project } from 'ts-morph';

const [root, from, to] = process.argv.slice(2);
const project = new Project({ tsConfigFilePath: path.join(root, 'tsconfig.json') });
project.getSourceFileOrThrow(path.join(root, from)).move(path.join(root, to));
console.log(project.getSourceFiles().filter((source) => !source.isSaved()).length, 'files');
