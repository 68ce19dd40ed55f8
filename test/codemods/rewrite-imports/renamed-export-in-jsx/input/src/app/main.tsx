import { OldRouter } from '../legacy/old-router';

export const App = () => <OldRouter id="x"><OldRouter.Slot /></OldRouter>;
