// A method renamed without types: wherever it is called, on whatever.
module.exports = function transform(file, { jscodeshift: j }, { from, to }) {
  const root = j(file.source);
  const called = [
    ...root.find(j.MemberExpression, { property: { name: from } }).paths(),
    ...root.find(j.ClassMethod, { key: { name: from } }).paths(),
  ];
  for (const { node } of called) (node.property ?? node.key).name = to;
  return called.length > 0 ? root.toSource() : undefined;
};
