import { MessageRouter } from '../router/message-router';

export const App = () => <MessageRouter id="x"><MessageRouter.Slot /></MessageRouter>;
