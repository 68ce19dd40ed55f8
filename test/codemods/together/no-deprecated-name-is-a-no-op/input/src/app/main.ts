import { MessageRouter } from '../router/message-router';

new MessageRouter().addHandler(() => 'register_handler');
