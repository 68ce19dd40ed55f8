/** Which groups of edits only make sense together: joined groups get one name. */
export class EditGroups {
  readonly #joined = new Map<string, string>();

  /** The name under which a group and all that are joined with it go. */
  nameOf(group: string): string {
    let name = group;
    for (let next = this.#joined.get(name); next !== undefined; next = this.#joined.get(name)) name = next;
    return name;
  }

  join(a: string, b: string): void {
    const [one, other] = [this.nameOf(a), this.nameOf(b)];
    if (one !== other) this.#joined.set(other, one);
  }
}
