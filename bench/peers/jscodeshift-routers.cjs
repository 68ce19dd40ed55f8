// What a careful engineer writes without types: imports of the legacy module are moved, and `register_handler` is renamed
// on anything whose name says router. With `--prefilter`, files that do not spell the module's name are not parsed.
const path = require('node:path');

module.exports = function transform(file, { jscodeshift: j }, options) {
  if (options.prefilter && !file.source.includes('message-router')) return undefined;
  const root = j(file.source);
  const legacy = path.join(options.root, 'src/core/message-router');
  let changed = false;
  root.find(j.ImportDeclaration).forEach(({ node }) => {
    if (path.resolve(path.dirname(file.path), node.source.value) !== legacy) return;
    node.source = j.stringLiteral(node.source.value.replace('core/message-router', 'router/message-router'));
    changed = true;
  });
  for (const type of [j.MemberExpression, j.OptionalMemberExpression]) {
    root.find(type, { property: { name: 'register_handler' } }).forEach(({ node }) => {
      if (!/router|fallback/.test(j(node.object).toSource())) return;
      node.property = j.identifier('addHandler');
      changed = true;
    });
  }
  return changed ? root.toSource() : undefined;
};
module.exports.parser = 'ts';
