import { Queue } from './queue';

const queue = new Queue();
queue.register_handler(handler);
