declare const any: any;
any.register_handler('a');
export const name = 'get_order';
