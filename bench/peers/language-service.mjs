// TypeScript 6's language service, as an editor uses it: `move <root> <from> <to>` or `rename <root> <file> <class>
// <method>`. Nothing is written.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ts } from 'ts-morph';

const [task, root, file, ...rest] = process.argv.slice(2);
const configFile = path.join(root, 'tsconfig.json');
const { config = { compilerOptions: { allowJs: true, checkJs: true, noEmit: true }, include: ['src'] } } =
  ts.readConfigFile(configFile, ts.sys.readFile);
const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const texts = new Map();
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => fileNames,
  getScriptVersion: () => '1',
  getScriptSnapshot: (name) => {
    if (!texts.has(name)) texts.set(name, ts.ScriptSnapshot.fromString(readFileSync(name, 'utf8')));
    return texts.get(name);
  },
  getCurrentDirectory: () => root,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  readDirectory: ts.sys.readDirectory,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});
const target = path.join(root, file);
if (task === 'move') {
  const edits = service.getEditsForFileRename(target, path.join(root, rest[0]), {}, {});
  console.log(edits.length, 'files');
} else {
  const [className, method] = rest;
  const source = service.getProgram().getSourceFile(target);
  const found = source.statements.find((each) => ts.isClassDeclaration(each) && each.name?.text === className);
  const member = found.members.find((each) => each.name?.getText(source) === method);
  const places = service.findRenameLocations(target, member.name.getStart(source), false, false, {}) ?? [];
  console.log(places.length, 'places');
}
