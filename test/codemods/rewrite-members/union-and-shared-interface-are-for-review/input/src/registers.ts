export interface Registers {
  register_handler(type: string): void;
}
export interface Keeps<T> {
  get_order(): T[];
}
export interface Counts<T> {
  get_order(from: T, to: T, step: number): T[];
}
