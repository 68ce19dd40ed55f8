// Imports of one module moved to another, without types.
const path = require('node:path');

module.exports = function transform(file, { jscodeshift: j }, { root, from, to }) {
  const tree = j(file.source);
  const folder = path.dirname(file.path);
  let changed = false;
  tree.find(j.ImportDeclaration).forEach(({ node }) => {
    if (path.resolve(folder, node.source.value) !== path.join(root, from)) return;
    const specifier = path.relative(folder, path.join(root, to));
    node.source = j.stringLiteral(specifier.startsWith('.') ? specifier : `./${specifier}`);
    changed = true;
  });
  return changed ? tree.toSource() : undefined;
};
module.exports.parser = 'ts';
