import { MessageRouter } from '../router/message-router';

new MessageRouter();
function parameter({ OldRouter }: any, again = OldRouter) {
  return OldRouter(again);
}
for (const OldRouter of []) OldRouter;
try {
} catch (OldRouter) {
  OldRouter;
}
const hoisted = (given = MessageRouter) => {
  var OldRouter = given;
  {
    return OldRouter;
  }
};
class Uses {
  [MessageRouter.name](OldRouter: any) {
    return OldRouter;
  }
  field = MessageRouter;
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
switch (MessageRouter.length) {
  case 1:
    let OldRouter = 1;
    OldRouter;
}
export { MessageRouter as Router, hoisted, named, parameter, Uses };
