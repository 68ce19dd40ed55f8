import { OldRouter } from '../legacy/old-router';

new OldRouter();
function parameter({ OldRouter }: any, again = OldRouter) {
  return OldRouter(again);
}
for (const OldRouter of []) OldRouter;
try {
} catch (OldRouter) {
  OldRouter;
}
const hoisted = (given = OldRouter) => {
  var OldRouter = given;
  {
    return OldRouter;
  }
};
class Uses {
  [OldRouter.name](OldRouter: any) {
    return OldRouter;
  }
  field = OldRouter;
  static {
    let OldRouter;
    OldRouter;
  }
}
{
  function OldRouter() {}
  OldRouter();
}
const named = function OldRouter() {
  return OldRouter;
};
switch (OldRouter.length) {
  case 1:
    let OldRouter = 1;
    OldRouter;
}
export { OldRouter as Router, hoisted, named, parameter, Uses };
