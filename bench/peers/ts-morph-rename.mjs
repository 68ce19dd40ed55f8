// A method renamed by the language service, in the files of a folder. Not saved.
import path from 'node:path';
import { Project } from 'ts-morph';

const [root, file, className, from, to] = process.argv.slice(2);
const project = new Project({ compilerOptions: { allowJs: true, checkJs: true, noEmit: true } });
project.addSourceFilesAtPaths(path.join(root, 'src/**/*.{ts,js}'));
project.getSourceFileOrThrow(path.join(root, file)).getClassOrThrow(className).getMethodOrThrow(from).rename(to);
console.log(project.getSourceFiles().filter((source) => !source.isSaved()).length, 'files');
